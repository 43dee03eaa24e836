package dev.penstock.collector;

/**
 * What is remembered of tries, for each route that tells one try from another. Any thread.
 *
 * @param analytics by the header
 * @param segment by the body
 */
record Tries(TryLog analytics, SegmentTries segment) {
    Tries() {
        this(new TryLog(), new SegmentTries());
    }

    /** From now on a try may have been lost on its way here. */
    void expectGaps() {
        analytics.expectGaps();
        segment.expectGaps();
    }

    void reset() {
        analytics.reset();
        segment.reset();
    }
}
