package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the pipeline of one lane has counted.
 *
 * <p><b>Threads:</b> written by the pipeline thread alone, read by any. Outcomes are monotonic.
 */
public final class LaneCounters {

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final AtomicLongArray outcomes = new AtomicLongArray(OUTCOMES.length);
    private final AtomicLongArray figures = new AtomicLongArray(Figure.values().length);

    /** What is counted besides outcomes. */
    public enum Figure {
        /** Events in the open batch. */
        OPEN_EVENTS,
        /** Events in closed batches that are not settled. */
        IN_FLIGHT_EVENTS,
        /** Requests begun. */
        REQUESTS,
        /** Requests that repeat one. */
        RETRIES,
        /** Batches cut in half. */
        SPLITS,
        /** Requests without an answer in time. */
        TIMEOUTS,
        /** Bytes of bodies as sent. */
        WIRE_BYTES,
        /** Bytes of bodies before compression. */
        PLAIN_BYTES
    }

    void settle(Outcome outcome, int events) {
        int i = outcome.ordinal();
        outcomes.setRelease(i, outcomes.getPlain(i) + events);
    }

    void add(Figure figure, long amount) {
        int i = figure.ordinal();
        figures.setRelease(i, figures.getPlain(i) + amount);
    }

    /**
     * Events that ended in an outcome.
     *
     * @param outcome the outcome
     * @return the count
     */
    public long settled(Outcome outcome) {
        return outcomes.getAcquire(outcome.ordinal());
    }

    /**
     * A figure.
     *
     * @param figure which
     * @return its value
     */
    public long figure(Figure figure) {
        return figures.getAcquire(figure.ordinal());
    }
}
