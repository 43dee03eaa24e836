package dev.penstock.engine.pipeline;

/**
 * Says that a batch, with all that is cut from it, stands on disk as one record; or that it may, if the disk has not
 * answered.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class SpoolTicket {

    private static final long UNKNOWN = -1;

    private final int events;
    private final boolean replayed;
    private long recordId;
    private int open;
    private boolean absent;

    private SpoolTicket(long recordId, int events, boolean replayed) {
        this.recordId = recordId;
        this.events = events;
        this.replayed = replayed;
        this.open = events;
    }

    /** The ticket of a record that was stored. */
    static SpoolTicket stored(long recordId, int events) {
        return new SpoolTicket(recordId, events, false);
    }

    /** The ticket of a record that was taken from the spool. */
    static SpoolTicket replayed(long recordId, int events) {
        return new SpoolTicket(recordId, events, true);
    }

    /** The ticket of a batch that the disk may have taken: it says so later, or never. */
    static SpoolTicket inDoubt(int events) {
        return new SpoolTicket(UNKNOWN, events, false);
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

    /** Whether it is known that there is a record. */
    boolean isStored() {
        return recordId != UNKNOWN;
    }

    /** The disk has not taken it. */
    void markAbsent() {
        absent = true;
    }

    /** Whether it is known that there is no record. */
    boolean isAbsent() {
        return absent;
    }

    /** Whether so many events without an outcome are all that the record has: it may then be left as it is. */
    boolean isWhole(int unsettled) {
        return isStored() && unsettled == events;
    }

    /** The disk has taken it after all. True if the record is not needed any more. */
    boolean resolve(long newRecordId) {
        recordId = newRecordId;
        return isOver();
    }

    /** Counts events that the record is not needed for any more. True if that were the last ones. */
    boolean settle(int settled) {
        open -= settled;
        return isOver();
    }

    /** Whether the record is not needed any more, if there is one. */
    boolean isSettled() {
        return open == 0;
    }

    private boolean isOver() {
        return isStored() && isSettled();
    }
}
