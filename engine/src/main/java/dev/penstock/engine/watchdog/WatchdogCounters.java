package dev.penstock.engine.watchdog;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often each part has stood still.
 *
 * <p><b>Threads:</b> written by the watchdog, read by any.
 */
public final class WatchdogCounters {

    private final AtomicLongArray stalls = new AtomicLongArray(Part.values().length);

    void stalled(Part part) {
        stalls.incrementAndGet(part.ordinal());
    }

    /**
     * How often a pipeline stood still with events waiting.
     *
     * @return a count, over all lanes
     */
    public long pipelineStalls() {
        return stalls.get(Part.PIPELINE.ordinal());
    }

    /**
     * How often the I/O thread stood still with requests under way.
     *
     * @return a count
     */
    public long ioStalls() {
        return stalls.get(Part.IO.ordinal());
    }

    /**
     * How often a listener did not return with more to be told.
     *
     * @return a count
     */
    public long listenerStalls() {
        return stalls.get(Part.LISTENER.ordinal());
    }

    /**
     * How often the spool thread stood still with something to do.
     *
     * @return a count
     */
    public long spoolStalls() {
        return stalls.get(Part.SPOOL.ordinal());
    }
}
