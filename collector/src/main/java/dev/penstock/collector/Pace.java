package dev.penstock.collector;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Limits how fast a body is taken; also the bounded waits of a connection, all of which end when it must close. */
final class Pace {
    private static final int STEPS_PER_SECOND = 50;

    private final CountDownLatch closing;
    private final int bytesPerSecond;
    private long startNanos;
    private long taken;

    /** A pace of 0 is unlimited. */
    Pace(CountDownLatch closing, int bytesPerSecond) {
        this.closing = closing;
        this.bytesPerSecond = bytesPerSecond;
    }

    int allow(int wanted) {
        return bytesPerSecond == 0 ? wanted : Math.min(wanted, Math.max(1, bytesPerSecond / STEPS_PER_SECOND));
    }

    void taken(int count) throws IOException {
        if (bytesPerSecond == 0) {
            return;
        }
        if (taken == 0) {
            startNanos = System.nanoTime();
        }
        taken += count;
        long due = startNanos + (long) (taken * 1e9 / bytesPerSecond);
        pause(closing, due - System.nanoTime());
    }

    /** Waits; throws when the collector closes meanwhile. */
    static void pause(CountDownLatch closing, long nanos) throws IOException {
        try {
            if (nanos > 0 && closing.await(nanos, TimeUnit.NANOSECONDS)) {
                throw new IOException("collector is closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
