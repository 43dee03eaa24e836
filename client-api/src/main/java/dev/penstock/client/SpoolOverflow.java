package dev.penstock.client;

/** What happens when a batch is to be kept on disk and {@link SpoolSettings#maxBytes()} are used up. */
public enum SpoolOverflow {
    /**
     * The batch is not kept: it stays in memory as if there were no spool, and counts in {@link
     * ClientStats.Spool#failedEvents()}. What is on disk stays; new events find the ring full in the end.
     */
    STOP_SPILLING,
    /**
     * The oldest file is given up: its events end as {@link Outcome#DISCARDED}, each counted and told to the {@link
     * DeliveryListener}. New events are kept.
     */
    DROP_OLDEST
}
