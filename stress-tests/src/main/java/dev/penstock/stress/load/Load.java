package dev.penstock.stress.load;

import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The producers of one client and their threads. Started and stopped once, by one thread. */
public final class Load {
    private final List<Producer> producers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Hiccups hiccups = new Hiccups();

    /**
     * Makes as many producers as the account has.
     *
     * @param subject the client
     * @param account where events are noted
     * @param violations told of answers that ought not to be
     * @param random where events are drawn from
     * @param eventsPerSecond of all producers together; 0 for as fast as they can
     */
    public Load(
            Subject subject, Account account, Violations violations, SplittableRandom random, long eventsPerSecond) {
        Padding padding = new Padding(random.split());
        for (int i = 0; i < account.producers(); i++) {
            Producer producer = new Producer(
                    i, subject, account, violations, padding, random.split(), eventsPerSecond / account.producers());
            producers.add(producer);
            Thread thread = new Thread(producer, "producer-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /** Begins. */
    public void start() {
        hiccups.start();
        threads.forEach(Thread::start);
    }

    /**
     * Ends and waits for the producers.
     *
     * @throws InterruptedException if interrupted
     */
    public void stop() throws InterruptedException {
        producers.forEach(Producer::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        hiccups.stop();
    }

    /**
     * The longest capture call of any producer.
     *
     * @return nanoseconds
     */
    public long worstPauseNs() {
        return producers.stream().mapToLong(Producer::worstNs).max().orElse(0);
    }

    /**
     * The longest time in which the machine did not let a thread run that only slept.
     *
     * @return nanoseconds
     */
    public long worstHiccupNs() {
        return hiccups.worstNs();
    }

    /**
     * Captures so far, whatever the answer.
     *
     * @return 0 or more
     */
    public long attempts() {
        return producers.stream().mapToLong(Producer::attempts).sum();
    }
}
