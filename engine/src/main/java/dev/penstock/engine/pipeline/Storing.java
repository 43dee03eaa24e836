package dev.penstock.engine.pipeline;

import dev.penstock.engine.spool.AppendSink;
import dev.penstock.engine.spool.PendingAppend;

/**
 * A batch on its way to the disk, until the disk has answered.
 *
 * <p>Who does not want to wait for that can {@link #withdraw} it, which works until the disk has begun; or go on {@link
 * #inDoubt}, and hear the answer late.
 *
 * <p><b>Threads:</b> only the pipeline thread, but for the answer, which the spool's thread hands over with {@link
 * StorageAnswers}.
 */
final class Storing implements AppendSink {

    private final StorageAnswers answers;
    private final int events;
    private StoragePlan plan;
    private long sinceNs;

    /** Null once it is withdrawn: the disk may take long to come across what is left here. */
    private Batch batch;

    private PendingAppend append;

    /** Stands for the record if the batch went on without it; null if it did not, or stands in another record. */
    private SpoolTicket doubt;

    private boolean overdue;

    /** The answer: a record, or why there is none. */
    private long recordId;

    private String failure;

    /** Of {@link StorageAnswers}. */
    private Storing next;

    Storing(StorageAnswers answers, Batch batch, StoragePlan plan, long nowNs) {
        this.answers = answers;
        this.batch = batch;
        this.events = batch.events();
        this.plan = plan;
        this.sinceNs = nowNs;
    }

    void setAppend(PendingAppend pending) {
        append = pending;
    }

    @Override
    public void stored(long id) {
        recordId = id;
        answers.add(this);
    }

    @Override
    public void notStored(String reason) {
        failure = reason;
        answers.add(this);
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

    /** The record's, if there is no {@link #failure}. */
    long recordId() {
        return recordId;
    }

    /** Why there is no record, or null. */
    String failure() {
        return failure;
    }

    Storing next() {
        return next;
    }

    void setNext(Storing other) {
        next = other;
    }

    /** Whether the batch went on, once, before the disk had answered. */
    boolean isOverdue() {
        return overdue;
    }

    void markOverdue() {
        overdue = true;
    }

    /** Takes the batch back. True if it is sure that there will be no record; then this knows the batch no longer. */
    boolean withdraw() {
        if (!append.withdraw()) {
            return false;
        }
        endDoubt(true);
        batch = null;
        return true;
    }

    /** The batch goes on, and may be on disk: its body may still be read. */
    void inDoubt(SpoolTicket ticket) {
        batch.leaveBodyInDoubt();
        batch.setDoubt(this);
        if (doubt == null && (batch.ticket() == null || batch.ticket().isAbsent())) {
            doubt = ticket;
            batch.attach(ticket);
        }
    }

    /** Whether the batch is still what was handed over, so that the answer says what becomes of it. */
    boolean isOfWhole() {
        return batch.isOpen() && batch.open() == null && batch.events() == events;
    }

    /** The batch waits for the answer once more. */
    void awaitAgain(StoragePlan newPlan, long nowNs) {
        plan = newPlan;
        sinceNs = nowNs;
    }

    /** Whether a record would be of use to nobody. */
    boolean isNeedless() {
        return batch == null || (doubt == null ? !batch.isOpen() : doubt.isSettled());
    }

    /** The disk has answered for a batch that went on. True if there is a record that is not needed. */
    boolean resolve() {
        endDoubt(failure != null);
        if (failure != null) {
            return false;
        }
        if (doubt != null) {
            return doubt.resolve(recordId);
        }
        if (!batch.isOpen() || batch.isStored()) {
            return true; // its events stand in another record, or nowhere any more
        }
        SpoolTicket late = SpoolTicket.stored(recordId, events);
        late.settle(events - batch.events());
        batch.attach(late);
        return false;
    }

    private void endDoubt(boolean isAbsent) {
        if (batch.doubt() == this) {
            batch.setDoubt(null);
        }
        if (doubt != null && isAbsent) {
            doubt.markAbsent();
        }
    }
}
