package dev.penstock.engine.watchdog;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A part whose state a test sets. */
final class FakePart implements Watched {

    private final Part part;
    private final String name;

    final AtomicLong progress = new AtomicLong();
    volatile boolean work;
    volatile boolean died;

    /** What {@link #recover()} answers; a revived part has not died any more. */
    volatile boolean helps;

    volatile RuntimeException trouble;
    volatile Error recovery;
    volatile Thread thread;
    volatile long patienceNs;

    final AtomicInteger recoveries = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();

    FakePart(Part part, String name) {
        this.part = part;
        this.name = name;
    }

    @Override
    public Part part() {
        return part;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long progress() {
        looks.incrementAndGet();
        if (trouble != null) {
            throw trouble;
        }
        return progress.get();
    }

    @Override
    public boolean hasWork() {
        return work;
    }

    @Override
    public boolean hasDied() {
        return died;
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public long patienceNs() {
        return patienceNs;
    }

    @Override
    public boolean recover() {
        recoveries.incrementAndGet();
        if (recovery != null) {
            throw recovery;
        }
        if (helps) {
            died = false;
        }
        return helps;
    }
}
