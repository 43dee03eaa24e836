package dev.penstock.engine.protocol;

/** What an answer means for the batch it answers. */
public enum Verdict {
    /** Every event was taken. */
    DELIVERED,
    /** Try the same batch again later. */
    RETRY,
    /** Something in the batch cannot be taken: cut it in half, or give a single event up. */
    SPLIT,
    /** The server will never take this batch. */
    REFUSED
}
