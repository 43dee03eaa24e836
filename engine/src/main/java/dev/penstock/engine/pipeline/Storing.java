package dev.penstock.engine.pipeline;

import dev.penstock.engine.spool.PendingAppend;

/**
 * A batch on its way to the disk, until the disk has answered.
 *
 * <p>Who does not want to wait for that has three ways on: {@link #withdraw} it, which works until the disk has begun; go on
 * {@link #inDoubt}, and hear the answer late; or forget it, and never know.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class Storing {

    private final int events;
    private final StoragePlan plan;
    private final long sinceNs;

    /** Null once it is withdrawn: the disk may take long to come across what is left here. */
    private Batch batch;

    /** Null if it could not be handed over. */
    private PendingAppend append;

    /** Stands for the record if the batch went on without it; null if another one did already. */
    private SpoolTicket doubt;

    private boolean overdue;

    Storing(Batch batch, StoragePlan plan, long nowNs) {
        this.batch = batch;
        this.events = batch.events();
        this.plan = plan;
        this.sinceNs = nowNs;
    }

    void setAppend(PendingAppend pending) {
        append = pending;
    }

    Batch batch() {
        return batch;
    }

    /** How many events the batch had when it was handed over. */
    int events() {
        return events;
    }

    StoragePlan plan() {
        return plan;
    }

    long sinceNs() {
        return sinceNs;
    }

    /** Whether the batch went on before the disk has answered. */
    boolean isOverdue() {
        return overdue;
    }

    void markOverdue() {
        overdue = true;
    }

    /** Takes the batch back. True if it is sure that there will be no record; then this knows the batch no longer. */
    boolean withdraw() {
        if (append != null && !append.withdraw()) {
            return false;
        }
        batch = null;
        endDoubt();
        return true;
    }

    /** The batch goes on, and may be on disk: its body may still be read. */
    void inDoubt(SpoolTicket ticket) {
        batch.leaveBodyInDoubt();
        if (batch.ticket() == null || batch.ticket().isVoid()) {
            doubt = ticket;
            batch.attach(ticket);
        }
    }

    /** The record that a batch in doubt went on without is there. True if it is not needed. */
    boolean endDoubt(long recordId) {
        if (doubt != null) {
            return doubt.endDoubt(recordId);
        }
        if (!batch.isOpen() || batch.isStored()) {
            return true; // its events stand in another record, or nowhere any more
        }
        SpoolTicket late = SpoolTicket.stored(recordId, events);
        late.settle(events - batch.events());
        batch.attach(late);
        return false;
    }

    /** There is no record. */
    void endDoubt() {
        if (doubt != null) {
            doubt.voidIt();
        }
    }
}
