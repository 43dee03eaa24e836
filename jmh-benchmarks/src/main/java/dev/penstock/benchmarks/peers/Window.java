package dev.penstock.benchmarks.peers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How much may be handed over and not have arrived: the back-pressure of producers at full speed. Most of the libraries
 * have none of their own, and would drop events or fill the heap.
 * <p>
 * <b>Threads:</b> any.
 */
final class Window {
    private static final long POLL_NS = 100_000;
    private static final long STILL_NS = TimeUnit.SECONDS.toNanos(8);

    private final CaptureLibrary library;
    private final int most;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Window(CaptureLibrary library, int most) {
        this.library = library;
        this.most = most;
    }

    /** Waits until that many more are within the window, and counts them as sent. */
    void take(int events) {
        long now = sent.addAndGet(events);
        Progress progress = new Progress();
        while (now - refused.get() - library.delivered() > most) {
            if (progress.isOver()) {
                throw new IllegalStateException(now + " were sent, and only " + library.delivered() + " delivered");
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** One of those counted was not taken, and the caller was told so: nobody has to deliver it. */
    void refuse() {
        refused.incrementAndGet();
    }

    /** What was handed over, whether it was taken or not. */
    long sent() {
        return sent.get();
    }

    /** What the library said it did not take. */
    long refused() {
        return refused.get();
    }

    /** What was taken, as far as the library says, and has not come to where it is sent. */
    long undelivered() {
        return sent.get() - refused.get() - library.delivered();
    }

    /** Waits until all has arrived or nothing more does. */
    void awaitDelivery() {
        library.flush();
        Progress progress = new Progress();
        while (undelivered() > 0 && !progress.isOver()) {
            LockSupport.parkNanos(10 * POLL_NS);
        }
    }

    /** Whether something has arrived lately. */
    private final class Progress {
        private long seen = library.delivered();
        private long since = System.nanoTime();

        boolean isOver() {
            long delivered = library.delivered();
            if (delivered != seen) {
                seen = delivered;
                since = System.nanoTime();
            }
            return System.nanoTime() - since > STILL_NS;
        }
    }
}
