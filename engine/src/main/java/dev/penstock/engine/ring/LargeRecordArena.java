package dev.penstock.engine.ring;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that records too large for the ring may hold on the heap. Reserved before a copy is made, released when the
 * pipeline has read it.
 *
 * <p><b>Threads:</b> any; lock-free.
 */
final class LargeRecordArena {

    private final long capacity;
    private final AtomicLong used = new AtomicLong();

    LargeRecordArena(long capacity) {
        this.capacity = capacity;
    }

    boolean tryReserve(int bytes) {
        long before = used.get();
        while (before + bytes <= capacity) {
            long seen = used.compareAndExchange(before, before + bytes);
            if (seen == before) {
                return true;
            }
            before = seen;
        }
        return false;
    }

    void release(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
