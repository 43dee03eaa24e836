package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.Body;

/**
 * A closed batch on its way to an outcome.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class Batch {

    private final long flushId;
    private final RequestBudget budget;
    private final int[] starts;
    private final long[] uuids;
    private Body body;

    private boolean settled;

    /** Tries so far. */
    private int tries;

    /** Whether an earlier try may still be reading the body, for ever in doubt. */
    private boolean bodyInDoubt;

    /**
     * Makes a batch.
     *
     * @param flushId grows with every batch; the halves of a split keep it
     * @param budget the requests that this batch and all split from it may make
     * @param body the request's body
     * @param starts where each event's JSON begins in the body's events, and where the next one would
     * @param uuids two halves for each event
     */
    Batch(long flushId, RequestBudget budget, Body body, int[] starts, long[] uuids) {
        this.flushId = flushId;
        this.budget = budget;
        this.body = body;
        this.starts = starts;
        this.uuids = uuids;
    }

    long flushId() {
        return flushId;
    }

    RequestBudget budget() {
        return budget;
    }

    int events() {
        return starts.length - 1;
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
        return body.bytes().length + starts.length * Integer.BYTES + uuids.length * Long.BYTES;
    }

    /** True the first time: whatever goes wrong, a batch is settled once. */
    boolean markSettled() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    int tries() {
        return tries;
    }

    void beginTry(byte[] head) {
        tries++;
        if (bodyInDoubt) {
            body = body.copy();
            bodyInDoubt = false;
        }
        body.renewHead(head);
    }

    void leaveBodyInDoubt() {
        bodyInDoubt = true;
    }

    boolean isBodyInDoubt() {
        return bodyInDoubt;
    }
}
