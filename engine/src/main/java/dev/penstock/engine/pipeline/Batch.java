package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.Body;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.protocol.Attempt;
import java.util.Collections;
import java.util.List;

/**
 * A closed batch on its way to an outcome, or to one for each of its events.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class Batch {

    private final BatchCutter cutter;
    private final long flushId;
    private final RequestBudget budget;
    private int[] starts;
    private long[] uuids;
    private Body body;

    /** Where the arrays of starts and UUIDs came from and go back to; null if nowhere. */
    private IndexStorage index;

    /** Which events have no outcome yet; null while that is all of them. */
    private int[] open;

    private boolean settled;

    /** Its record on disk, perhaps in doubt, which may be that of the batch it was split from; null if there is none. */
    private SpoolTicket ticket;

    /** Its way to the disk, if it went on before the disk had answered; else null. */
    private Storing doubt;

    /** Whether the disk could not take it, and until when it is not asked to again. */
    private boolean unkept;

    private long unkeptUntilNs;

    /** What the window counts for it. */
    private int countedBytes;

    /** The latest try, or null before the first. */
    private Attempt attempt;

    private long tryBeganNs;

    /** How many of the retries count; its tries may be more. */
    private int countedRetries;

    /** Why the latest try failed, or that of the batch it was split from; null before. */
    private String lastFailure;

    /** Whether an earlier try may still be reading the body, for ever in doubt. */
    private boolean bodyInDoubt;

    /**
     * Makes a batch.
     *
     * @param cutter its route's
     * @param flushId grows with every batch; the halves of a split keep it
     * @param budget what this batch and all split from it may use up
     * @param body the request's body
     * @param starts where each event's JSON begins in the body's events, and where the next one would
     * @param uuids two halves for each event
     */
    Batch(BatchCutter cutter, long flushId, RequestBudget budget, Body body, int[] starts, long[] uuids) {
        this.cutter = cutter;
        this.flushId = flushId;
        this.budget = budget;
        this.body = body;
        this.starts = starts;
        this.uuids = uuids;
    }

    /** Its arrays of starts and UUIDs are borrowed. */
    void borrowed(IndexStorage from) {
        index = from;
    }

    /** Gives the arrays back, if they are borrowed; nobody may read them after that. */
    void giveBackIndex() {
        if (index != null) {
            index.giveBack(starts, uuids);
            index = null;
        }
    }

    BatchCutter cutter() {
        return cutter;
    }

    long flushId() {
        return flushId;
    }

    RequestBudget budget() {
        return budget;
    }

    /** How many events have no outcome yet. */
    int events() {
        return open == null ? starts.length - 1 : open.length;
    }

    int[] starts() {
        return starts;
    }

    long[] uuids() {
        return uuids;
    }

    Body body() {
        return body;
    }

    /** What it holds on the heap, for the window. */
    int heldBytes() {
        return body.heldBytes() + starts.length * Integer.BYTES + uuids.length * Long.BYTES;
    }

    int countedBytes() {
        return countedBytes;
    }

    void setCountedBytes(int bytes) {
        countedBytes = bytes;
    }

    /** True the first time: whatever goes wrong, a batch is settled once. */
    boolean markSettled() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    /** Whether it is still to be settled. */
    boolean isOpen() {
        return !settled;
    }

    SpoolTicket ticket() {
        return ticket;
    }

    /** Whether all its open events are known to be in a record. */
    boolean isStored() {
        return ticket != null && ticket.isStored();
    }

    /** Whether its record may be left as it is. */
    boolean isWholeRecord() {
        return ticket != null && ticket.isWhole(events());
    }

    Storing doubt() {
        return doubt;
    }

    void setDoubt(Storing storing) {
        doubt = storing;
    }

    void attach(SpoolTicket newTicket) {
        ticket = newTicket;
    }

    /** Whether the disk could not take it a while ago. */
    boolean isUnkept(long nowNs) {
        if (unkept && nowNs - unkeptUntilNs >= 0) {
            unkept = false;
        }
        return unkept;
    }

    void markUnkept(long untilNs) {
        unkept = true;
        unkeptUntilNs = untilNs;
    }

    /** The events without an outcome, with this one. */
    SettledEvents endOpen(Ending ending) {
        return open == null
                ? SettledEvents.all(body, starts, uuids, ending)
                : SettledEvents.some(body, starts, uuids, open, Collections.nCopies(open.length, ending));
    }

    /**
     * Parts the events: these have ended, those stay open.
     *
     * @param ended which events, none of them with an outcome
     * @param endings how they ended
     * @param rest the other events
     * @return those that ended
     */
    SettledEvents endSome(int[] ended, List<Ending> endings, int[] rest) {
        SettledEvents events = SettledEvents.some(body, starts, uuids, ended, endings);
        open = rest;
        return events;
    }

    /** Which events have no outcome, or null if that is all in the body. */
    int[] open() {
        return open;
    }

    /** Goes on with a body of the open events alone. */
    void replaceBody(Body ofOpen, int[] newStarts, long[] newUuids) {
        body = ofOpen;
        starts = newStarts;
        uuids = newUuids;
        index = null;
        open = null;
        bodyInDoubt = false;
    }

    Attempt attempt() {
        return attempt;
    }

    /** When the latest try began. */
    long tryBeganNs() {
        return tryBeganNs;
    }

    int tries() {
        return attempt == null ? 0 : attempt.number();
    }

    int countedRetries() {
        return countedRetries;
    }

    void countRetry() {
        countedRetries++;
    }

    String lastFailure() {
        return lastFailure;
    }

    void setLastFailure(String reason) {
        lastFailure = reason;
    }

    void beginTry(Attempt next, long nowNs) {
        attempt = next;
        tryBeganNs = nowNs;
        if (bodyInDoubt) {
            body = body.copy();
            bodyInDoubt = false;
        }
        body.renewHead(cutter.protocol().head(next));
    }

    void leaveBodyInDoubt() {
        bodyInDoubt = true;
    }

    boolean isBodyInDoubt() {
        return bodyInDoubt;
    }
}
