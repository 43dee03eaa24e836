package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.protocol.Judgement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the pipeline of one lane has counted.
 *
 * <p><b>Threads:</b> written by the pipeline thread alone, but for what is arriving; read by any. Outcomes are monotonic.
 */
public final class LaneCounters {

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final AtomicLongArray outcomes = new AtomicLongArray(OUTCOMES.length);
    private final AtomicLong arriving = new AtomicLong();
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
        /** How often this lane found the server away. */
        CIRCUIT_OPENINGS,
        /** Events that went on in memory because the disk did not answer. */
        UNKEPT_EVENTS,
        /** Bytes of bodies as sent. */
        WIRE_BYTES,
        /** Bytes of bodies before compression. */
        PLAIN_BYTES,
        /** Events delivered without a remark, where events are judged one by one, as in the following five. */
        VERDICT_OK,
        /** Events delivered with a warning. */
        VERDICT_WARNING,
        /** Events delivered whose processing was limited. */
        VERDICT_LIMITED,
        /** Events delivered with a word that is not known here. */
        VERDICT_UNKNOWN,
        /** Events delivered without a word. */
        VERDICT_MISSING,
        /** Events delivered whose verdicts could not be read. */
        UNREADABLE
    }

    void settle(Outcome outcome, int events) {
        int i = outcome.ordinal();
        outcomes.setRelease(i, outcomes.getPlain(i) + events);
    }

    /** Counts how events were delivered; what becomes of the others, their outcomes say. */
    void count(List<Judgement> judgements) {
        for (Judgement judgement : judgements) {
            switch (judgement.verdict()) {
                case OK -> add(Figure.VERDICT_OK, 1);
                case WARNING -> add(Figure.VERDICT_WARNING, 1);
                case LIMITED -> add(Figure.VERDICT_LIMITED, 1);
                case UNKNOWN -> add(Figure.VERDICT_UNKNOWN, 1);
                case MISSING -> add(Figure.VERDICT_MISSING, 1);
                case DROP, RETRY -> {
                    // settled or counted again elsewhere
                }
            }
        }
    }

    void add(Figure figure, long amount) {
        int i = figure.ordinal();
        figures.setRelease(i, figures.getPlain(i) + amount);
    }

    /** Counts events on their way from the spool to the pipeline; on any thread. */
    void addArriving(int events) {
        arriving.addAndGet(events);
    }

    /**
     * Events on their way from the spool to the pipeline.
     *
     * @return a count
     */
    public long arriving() {
        return arriving.get();
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
