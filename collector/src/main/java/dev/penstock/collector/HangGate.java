package dev.penstock.collector;

import java.util.concurrent.atomic.AtomicInteger;

/** Where hanging requests wait. A request notes both counts and ends when either has changed. Any thread. */
final class HangGate {
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();

    int releases() {
        return releases.get();
    }

    int resets() {
        return resets.get();
    }

    /** Lets hanging requests be answered. */
    void release() {
        releases.incrementAndGet();
    }

    /** Ends hanging requests without an answer. */
    void drop() {
        resets.incrementAndGet();
    }
}
