package dev.penstock.client;

/**
 * The immediate answer to a capture. Only {@link #ACCEPTED} creates an obligation: such an event ends in exactly one
 * {@link Outcome}. Every other answer means that nothing was kept.
 */
public enum CaptureResult {
    /** The event is in the ring and will end in exactly one outcome. */
    ACCEPTED,
    /** There was no room, or none within the bound of {@link OverflowPolicy#WAIT}. */
    RING_FULL,
    /** The event cannot be within the size limit ({@link ClientConfig#maxEventBytes()}). */
    TOO_LARGE,
    /** The event's name is missing or blank, or the caller's translator threw. */
    INVALID,
    /** A before-send hook dropped the event. Reserved: there are no hooks in this version. */
    FILTERED,
    /** Sampling or a rate limit left the event out. Reserved: there is neither in this version. */
    SAMPLED,
    /** The client is disabled or has no project key. */
    DISABLED,
    /** The client is closed. */
    CLOSED
}
