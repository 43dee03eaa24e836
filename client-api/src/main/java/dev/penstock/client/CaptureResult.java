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
    /**
     * The event cannot be within the size limit: {@link ClientConfig#maxEventBytes()}, or for AI events {@link
     * ClientConfig#maxAiEventBytes()}.
     */
    TOO_LARGE,
    /**
     * What must be there is missing or blank, such as the event's name or the id of an identify, or the caller's translator
     * threw.
     */
    INVALID,
    /** A before-send hook dropped it or failed, or it is an exception that is ignored. */
    FILTERED,
    /**
     * One of the {@linkplain SamplingRules sampling rules} left it out, or it is a log record over the {@linkplain
     * dev.penstock.client.logs.LogSettings.Builder#maxLogs rate cap}.
     */
    SAMPLED,
    /** The client is switched off or opted out, was configured so, or has no project key. */
    DISABLED,
    /** The client is closed. */
    CLOSED
}
