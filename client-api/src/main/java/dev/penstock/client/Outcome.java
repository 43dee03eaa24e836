package dev.penstock.client;

/** How an accepted event ended. Each accepted event ends in exactly one of these. */
public enum Outcome {
    /** The server took it. */
    DELIVERED,
    /** The server will never take it, or its exact size is over the limit. */
    REFUSED,
    /** Its retries are used up, and there is no spool that could keep it. It may have reached the server if an answer was lost. */
    EXPIRED,
    /** Given up on this side: {@code discard()}, {@code close} at its deadline, or a spool that was full or damaged. */
    DISCARDED
}
