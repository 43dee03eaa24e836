package dev.penstock.benchmarks.pipeline;

import dev.penstock.client.CaptureResult;
import java.util.concurrent.locks.LockSupport;

/**
 * Captures as fast as the ring takes: parks for 100 microseconds when it is full, and tries the same event again.
 * <p>
 * <b>Threads:</b> runs on its own; {@link #finish} from any; the counts once it has ended.
 */
final class Producer extends Thread {
    private static final long PARK_NS = 100_000;

    private final EventSource source;
    private volatile boolean stopped;
    private volatile long refusals;
    private volatile Throwable failure;

    Producer(EventSource source, int number) {
        super("producer-" + number);
        this.source = source;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
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
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void refused() {
        refusals++;
    }

    void finish() {
        stopped = true;
    }

    /** How often the ring was full. */
    long refusals() {
        return refusals;
    }

    void awaitEnd() throws InterruptedException {
        join();
        if (failure != null) {
            throw new IllegalStateException("a producer failed", failure);
        }
    }
}
