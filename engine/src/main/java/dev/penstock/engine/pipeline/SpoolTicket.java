package dev.penstock.engine.pipeline;

/**
 * Says that a batch, with all that is cut from it, stands on disk as one record.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class SpoolTicket {

    private final long recordId;
    private final int events;
    private final boolean replayed;
    private int open;
    private boolean abandoned;

    /**
     * Makes a ticket.
     *
     * @param recordId the record's
     * @param events how many events it has, none of them settled
     * @param replayed whether the record was taken from the spool
     */
    SpoolTicket(long recordId, int events, boolean replayed) {
        this.recordId = recordId;
        this.events = events;
        this.replayed = replayed;
        this.open = events;
    }

    long recordId() {
        return recordId;
    }

    /** How many events the record has. */
    int events() {
        return events;
    }

    boolean isReplayed() {
        return replayed;
    }

    /** Whether so many events without an outcome are all that the record has: it may then be left as it is. */
    boolean isWhole(int unsettled) {
        return unsettled == events;
    }

    /**
     * Some of its events were given up on this side: the record stays on disk, for another run. True the first time.
     */
    boolean abandon() {
        boolean first = !abandoned;
        abandoned = true;
        return first;
    }

    /** Counts events that the record is not needed for any more. True if that were the last ones. */
    boolean settle(int settled) {
        open -= settled;
        return open == 0 && !abandoned;
    }
}
