package dev.penstock.benchmarks.support;

import dev.penstock.engine.ring.RecordHandler;

/**
 * An engine without a pipeline: the benchmark's own thread empties the ring, outside what is measured. So the producer is
 * measured alone: nobody contends for the ring and no cache line moves between cores.
 * <p>
 * <b>Threads:</b> {@link #drain} by one thread.
 */
public final class DrainedEngine extends WiredEngine {
    private final RecordHandler touch = this::touch;
    private long touched;

    /**
     * Makes an engine and lets its ring grow old, as it is in any process that lives.
     *
     * @param ringSlots a power of two
     */
    public DrainedEngine(int ringSlots) {
        super(ringSlots);
        System.gc();
    }

    /**
     * Empties the ring and moves the clock.
     *
     * @return how many events were in it
     */
    public int drain() {
        return drain(touch);
    }

    /**
     * Empties the ring into a handler and moves the clock.
     *
     * @param handler takes each record
     * @return how many events were in it
     */
    public int drain(RecordHandler handler) {
        clock.update();
        int drained = 0;
        int polled;
        do {
            polled = ring.poll(handler, Integer.MAX_VALUE);
            drained += polled;
        } while (polled > 0);
        return drained;
    }

    /**
     * Keeps the reading alive.
     *
     * @return a sum of bytes read
     */
    public long touched() {
        return touched;
    }

    private boolean touch(byte[] bytes, int offset, int length, Object[] references, int at) {
        touched += bytes[offset + length - 1];
        return true;
    }
}
