package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureResult;
import java.util.concurrent.locks.LockSupport;

/**
 * Captures as fast as the ring takes: parks for 100 microseconds when it is full, and tries the same event again.
 * <p>
 * <b>Threads:</b> runs on its own; {@link #finish} from any; the counts once it has ended.
 */
public final class Producer extends Thread {
    private static final long PARK_NS = 100_000;

    private final EventSource source;
    private volatile boolean stopped;
    private volatile long refusals;
    private volatile long accepted;
    private volatile long allocatedBytes;
    private volatile Throwable failure;

    /**
     * Makes a producer, not started.
     *
     * @param source what it captures
     * @param number part of the thread's name
     */
    public Producer(EventSource source, int number) {
        super("producer-" + number);
        this.source = source;
        setDaemon(true);
    }

    @Override
    public void run() {
        long before = Cpu.ownAllocatedBytes();
        try {
            accepted = captureAll();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        allocatedBytes = Cpu.ownAllocatedBytes() - before;
    }

    private long captureAll() {
        long captured = 0;
        while (!stopped && source.advance()) {
            CaptureResult result = source.capture();
            while (result == CaptureResult.RING_FULL) {
                refused();
                LockSupport.parkNanos(PARK_NS);
                result = source.capture();
            }
            if (result != CaptureResult.ACCEPTED) {
                throw new IllegalStateException("a capture was answered " + result);
            }
            captured++;
        }
        return captured;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void refused() {
        refusals++;
    }

    /** Has it end after the event at hand. */
    public void finish() {
        stopped = true;
    }

    /**
     * How often the ring was full.
     *
     * @return a count
     */
    public long refusals() {
        return refusals;
    }

    /**
     * What was captured in the end.
     *
     * @return a count
     */
    public long accepted() {
        return accepted;
    }

    /**
     * What the thread has allocated, the source's garbage included.
     *
     * @return bytes
     */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** Waits for its end, and passes on what made it fail. */
    public void awaitEnd() throws InterruptedException {
        join();
        if (failure != null) {
            throw new IllegalStateException("a producer failed", failure);
        }
    }
}
