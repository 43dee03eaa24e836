package dev.penstock.engine.flags.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether there are flags to evaluate, and a place to wait for them.
 *
 * <p><b>Threads:</b> any. Asking takes no lock.
 */
final class Readiness {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean ready;
    private volatile boolean closed;

    boolean isReady() {
        return ready;
    }

    void set(boolean isReady) {
        lock.lock();
        try {
            ready = isReady;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody need wait any longer. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean await(Duration atMost) throws InterruptedException {
        long leftNs = TimeUnit.NANOSECONDS.convert(atMost);
        lock.lockInterruptibly();
        try {
            while (!ready && !closed && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            return ready;
        } finally {
            lock.unlock();
        }
    }
}
