package dev.penstock.engine.stats;

import dev.penstock.client.CaptureResult;
import java.util.EnumMap;
import java.util.Map;

/**
 * What captures were answered, and what was wrong with their values.
 *
 * <p><b>Threads:</b> any.
 */
public final class ResultCounters {

    private static final CaptureResult[] RESULTS = CaptureResult.values();

    private final StripedCounter[] counters = new StripedCounter[RESULTS.length];
    private final StripedCounter valuesReplaced;
    private final StripedCounter personless;
    private final StripedCounter unpublished;

    /**
     * Makes counters at zero.
     *
     * @param stripes how many stripes each has; a power of two
     */
    public ResultCounters(int stripes) {
        for (CaptureResult result : RESULTS) {
            counters[result.ordinal()] = new StripedCounter(stripes);
        }
        valuesReplaced = new StripedCounter(stripes);
        personless = new StripedCounter(stripes);
        unpublished = new StripedCounter(stripes);
    }

    /**
     * Counts an answer.
     *
     * @param result the answer
     * @param stripe the caller's stripe
     */
    public void count(CaptureResult result, int stripe) {
        counters[result.ordinal()].increment(stripe);
    }

    /**
     * Counts a value that could not be written as given.
     *
     * @param stripe the caller's stripe
     */
    public void countValueReplaced(int stripe) {
        valuesReplaced.increment(stripe);
    }

    /**
     * Counts an event without a distinct id.
     *
     * @param stripe the caller's stripe
     */
    public void countPersonless(int stripe) {
        personless.increment(stripe);
    }

    /**
     * Counts an event that was accepted and then could not be copied into the ring: its outcome is discarded.
     *
     * @param stripe the caller's stripe
     */
    public void countUnpublished(int stripe) {
        unpublished.increment(stripe);
    }

    /**
     * Events that were accepted and could not be copied into the ring.
     *
     * @return a count
     */
    public long unpublished() {
        return unpublished.sum();
    }

    /**
     * How many captures got an answer.
     *
     * @param result the answer
     * @return the count
     */
    public long count(CaptureResult result) {
        return counters[result.ordinal()].sum();
    }

    /**
     * All answers so far.
     *
     * @return how many of each
     */
    public Map<CaptureResult, Long> results() {
        Map<CaptureResult, Long> all = new EnumMap<>(CaptureResult.class);
        for (CaptureResult result : RESULTS) {
            all.put(result, counters[result.ordinal()].sum());
        }
        return all;
    }

    /**
     * Values that could not be written as given.
     *
     * @return a count
     */
    public long valuesReplaced() {
        return valuesReplaced.sum();
    }

    /**
     * Events without a distinct id.
     *
     * @return a count
     */
    public long personless() {
        return personless.sum();
    }
}
