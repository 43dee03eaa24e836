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
    private final long plainCapacity;
    private final AtomicLong used = new AtomicLong();

    /** {@code kept} of the bytes are for events with priority. */
    LargeRecordArena(long capacity, long kept) {
        this.capacity = capacity;
        this.plainCapacity = capacity - kept;
    }

    boolean tryReserve(int bytes, boolean priority) {
        long limit = priority ? capacity : plainCapacity;
        long before = used.get();
        while (before + bytes <= limit) {
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
