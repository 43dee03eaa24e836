package dev.penstock.benchmarks.flags;

import java.util.concurrent.Callable;

/**
 * Does something again and again on a thread of its own until told to stop.
 * <p>
 * <b>Threads:</b> one starts and stops it.
 */
final class Repeater {
    private final Callable<?> step;
    private final Thread thread = new Thread(this::run, "repeater");
    private volatile long count;
    private volatile boolean stopped;
    private volatile Throwable failure;

    Repeater(Callable<?> step) {
        this.step = step;
    }

    void start() {
        thread.start();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread only
    private void run() {
        try {
            while (!stopped) {
                step.call();
                count++;
            }
        } catch (Exception | Error e) {
            failure = e;
        }
    }

    /** How often it has been done. */
    long count() {
        return count;
    }

    /** Waits for the last time to end; throws if one of them failed. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
        if (failure != null) {
            throw new IllegalStateException("what was to be repeated failed", failure);
        }
    }
}
