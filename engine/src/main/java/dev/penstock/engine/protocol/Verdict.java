package dev.penstock.engine.protocol;

/** What an answer's status means for the batch it answers. */
public enum Verdict {
    /** Every event was taken. */
    DELIVERED,
    /** The answer's body has a verdict on each event; see {@link Protocol#verdicts()}. */
    PER_EVENT,
    /** Try the same batch again later. */
    RETRY,
    /** Something in the batch cannot be taken: cut it in half, or give a single event up. */
    SPLIT,
    /** The server will never take this batch. */
    REFUSED
}
