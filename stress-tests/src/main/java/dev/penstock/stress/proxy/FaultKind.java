package dev.penstock.stress.proxy;

/** The ways in which a {@link FaultProxy} fails. */
public enum FaultKind {
    /** Not at all. */
    NONE,
    /** Holds every piece back for a while. */
    DELAY,
    /** Swallows what comes: a black hole. The connection stays open. */
    DROP,
    /** Resets both connections. */
    RESET,
    /** Ends the stream towards the receiver and swallows the rest; the other direction goes on. */
    HALF_CLOSE,
    /** Passes a few bytes at a time, with a pause after each step. */
    TRICKLE,
    /** Flips one bit, once a connection. */
    CORRUPT,
    /** Passes so many bytes a second. */
    BANDWIDTH,
    /** Does not listen, so that connections are refused. */
    REFUSE
}
