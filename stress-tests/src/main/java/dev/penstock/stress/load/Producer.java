package dev.penstock.stress.load;

import dev.penstock.client.CaptureResult;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.EventIds;
import dev.penstock.stress.account.Violations;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Captures events until it is stopped, in bursts of random length, at a mean rate or as fast as it can. Each has its own
 * number; one that is not accepted is not tried again. Every capture is timed. Runs on a thread of its own.
 */
final class Producer implements Runnable {
    private static final long FULL_PARK_NS = 100_000;
    private static final int MAX_BURST = 400;

    private final int index;
    private final Subject subject;
    private final Account account;
    private final Violations violations;
    private final Padding padding;
    private final SplittableRandom random;
    private final double perNs;
    private volatile boolean stopped;
    private volatile long worstNs;
    private volatile int attempts;

    Producer(
            int index,
            Subject subject,
            Account account,
            Violations violations,
            Padding padding,
            SplittableRandom random,
            long eventsPerSecond) {
        this.index = index;
        this.subject = subject;
        this.account = account;
        this.violations = violations;
        this.padding = padding;
        this.random = random;
        this.perNs = eventsPerSecond / 1e9;
    }

    void stop() {
        stopped = true;
    }

    /** The longest capture call so far. */
    long worstNs() {
        return worstNs;
    }

    long attempts() {
        return attempts;
    }

    @Override
    public void run() {
        int first = account.attempted(index);
        long start = System.nanoTime();
        int number = first;
        while (!stopped && number < account.capacity()) {
            int burst = Math.min(1 + random.nextInt(MAX_BURST), account.capacity() - number);
            for (int end = number + burst; number < end && !stopped; number++) {
                if (!capture(number)) {
                    return;
                }
            }
            attempts = number - first;
            awaitTurn(start, number - first);
        }
        attempts = number - first;
    }

    private boolean capture(int number) {
        EventIds ids = account.ids();
        String text = padding.next(random);
        account.attempt(index, number);
        long start = System.nanoTime();
        CaptureResult result = subject.capture(ids.high(), ids.low(index, number), number, text);
        long took = System.nanoTime() - start;
        if (took > worstNs) {
            worstNs = took;
        }
        switch (result) {
            case ACCEPTED -> account.accept(index, number);
            case RING_FULL -> LockSupport.parkNanos(FULL_PARK_NS);
            case CLOSED -> {
                return false;
            }
            default -> violations.add("a capture was answered " + result, "producer " + index + ", number " + number);
        }
        return true;
    }

    private void awaitTurn(long start, long done) {
        long due = perNs == 0 ? start : start + (long) (done / perNs);
        for (long left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
        }
    }
}
