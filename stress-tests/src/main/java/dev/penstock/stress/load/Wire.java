package dev.penstock.stress.load;

/** What a client speaks. */
public enum Wire {
    /** PostHog's classic batches. */
    V0,
    /** PostHog's newer batches, which are answered event by event. */
    V1,
    /** Segment's batches. */
    SEGMENT
}
