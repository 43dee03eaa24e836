package dev.penstock.collector;

import java.util.concurrent.atomic.AtomicInteger;

/** Where hanging requests wait. A request notes both counts and ends when either has changed. Any thread. */
final class HangGate {
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();

    /** A moment; what happens to the gate later applies to the requests that began before. */
    record Mark(int releases, int resets) {}

    Mark mark() {
        return new Mark(releases.get(), resets.get());
    }

    boolean releasedAfter(Mark mark) {
        return releases.get() != mark.releases();
    }

    boolean droppedAfter(Mark mark) {
        return resets.get() != mark.resets();
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
