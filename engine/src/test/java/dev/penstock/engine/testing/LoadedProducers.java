package dev.penstock.engine.testing;

import dev.penstock.client.CaptureResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Threads that capture at the same time as fast as they can, and what they saw: answers, the longest call, and whether
 * any of them had to wait.
 *
 * <p><b>Threads:</b> any, after {@link #run} has returned.
 */
public final class LoadedProducers {

    /** Captures once. */
    @FunctionalInterface
    public interface Call {
        /**
         * Captures.
         *
         * @param producer which of the threads calls, from 0
         * @param number the number of its call, from 0
         * @return the answer
         */
        CaptureResult capture(int producer, int number);
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final AtomicLongArray answers = new AtomicLongArray(CaptureResult.values().length);
    private final AtomicLong longestNs = new AtomicLong();
    private final AtomicLong waits = new AtomicLong();

    private LoadedProducers() {}

    /** Runs producers to their end. */
    public static LoadedProducers run(int producers, int calls, Call call) {
        LoadedProducers load = new LoadedProducers();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            int producer = i;
            Thread thread = new Thread(
                    () -> {
                        Await.latch(begin, "all producers are there");
                        load.produce(producer, calls, call);
                    },
                    "producer-" + producer);
            threads.add(thread);
            thread.start();
        }
        begin.countDown();
        threads.forEach(Await::end);
        return load;
    }

    private void produce(int producer, int calls, Call call) {
        long longest = 0;
        long waitsBefore = waitsOfThread();
        for (int i = 0; i < calls; i++) {
            long before = System.nanoTime();
            CaptureResult answer = call.capture(producer, i);
            longest = Math.max(longest, System.nanoTime() - before);
            answers.incrementAndGet(answer.ordinal());
        }
        waits.addAndGet(waitsOfThread() - waitsBefore);
        longestNs.accumulateAndGet(longest, Math::max);
    }

    private static long waitsOfThread() {
        ThreadInfo info = THREADS.getThreadInfo(Thread.currentThread().getId());
        return info.getWaitedCount();
    }

    /** How many calls were answered so. */
    public long answers(CaptureResult answer) {
        return answers.get(answer.ordinal());
    }

    /** The longest call. */
    public Duration longest() {
        return Duration.ofNanos(longestNs.get());
    }

    /** How often a producer waited or parked. */
    public long waits() {
        return waits.get();
    }
}
