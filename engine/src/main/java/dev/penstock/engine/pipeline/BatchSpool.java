package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.StoredBody;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.spool.RecordStore;
import dev.penstock.engine.spool.SpoolRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A lane's batches on their way to the disk, and what is owed to the records they became.
 *
 * <p>A batch that is being stored is nowhere else: it is sent or left when the spool has said what became of it. A record
 * is acknowledged when the last of its events has an outcome or stands in another record. A batch that went on without an answer
 * of the disk is where batches are, and known here as one in doubt.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class BatchSpool {

    private final Spooling spooling;
    private final RecordStore store;
    private final Map<Batch, Storing> byBatch = new LinkedHashMap<>();
    private final StorageAnswers answers = new StorageAnswers();

    /** Records that were taken from the spool and are not over. */
    private int replays;

    /** Batches that went on without the disk because it has not answered; it still may. */
    private int unanswered;

    /** Those of them that may be on disk. */
    private final Set<Storing> doubts = new LinkedHashSet<>();

    /**
     * What has become of a batch that was to be stored.
     *
     * @param batch the batch; with a ticket now, if it is stored
     * @param plan what it was stored for
     * @param failure why it is not stored, or null if it is
     * @param before the record that its events stood in so far, or null
     */
    record StoredBatch(Batch batch, StoragePlan plan, String failure, SpoolTicket before) {}

    BatchSpool(Spooling spooling) {
        this.spooling = spooling;
        this.store = spooling.store();
    }

    boolean isOn() {
        return store != null;
    }

    /** Whether batches are stored before they are sent. */
    boolean isAlways() {
        return store != null && spooling.always();
    }

    /** Whether the disk owes answers that nobody waits for any more: no new batch is for it until it has come to them. */
    boolean isHanging() {
        return unanswered > 0;
    }

    /** Has a batch stored, all of whose events are open. If this throws, nothing has happened. */
    void store(Batch batch, StoragePlan plan, long nowNs) {
        Storing storing = new Storing(answers, batch, plan, nowNs);
        try {
            byBatch.put(batch, storing);
            storing.setAppend(store.append(record(batch), storing));
        } catch (Throwable e) {
            byBatch.remove(batch, storing);
            throw e;
        }
    }

    /**
     * Has a batch that went on in doubt wait for the disk once more, instead of being stored again. False if it is in no
     * doubt, or is not what was handed over any more.
     */
    boolean awaitAgain(Batch batch, StoragePlan plan, long nowNs) {
        Storing doubtful = batch.doubt();
        if (doubtful == null || !doubtful.isOfWhole()) {
            return false;
        }
        byBatch.put(batch, doubtful);
        doubts.remove(doubtful);
        doubtful.awaitAgain(plan, nowNs);
        return true;
    }

    private static SpoolRecord record(Batch batch) {
        StoredEnvelope envelope = batch.cutter().protocol().stored();
        StoredBody body = batch.body().stored();
        return new SpoolRecord(
                envelope.protocol(),
                envelope.historical(),
                body.encoding().code(),
                envelope.shared(),
                body.bytes(),
                body.offset(),
                body.length(),
                body.plainLength(),
                body.checksum(),
                batch.starts(),
                batch.uuids());
    }

    /** Takes the next batch that the spool has said something of, or null if there is none. */
    StoredBatch takeStored() {
        for (Storing next = answers.peek(); next != null; next = answers.peek()) {
            Batch batch = next.batch();
            if (batch != null && byBatch.get(batch) == next) {
                StoredBatch stored = new StoredBatch(batch, next.plan(), next.failure(), batch.ticket());
                SpoolTicket ticket = SpoolTicket.stored(next.recordId(), next.events());
                byBatch.remove(batch);
                takeAnswer(next);
                batch.setDoubt(null);
                if (next.failure() == null) {
                    batch.attach(ticket);
                }
                return stored;
            }
            takeAnswer(next);
            if (doubts.remove(next) && next.resolve()) {
                store.acknowledge(next.recordId());
            }
        }
        return null;
    }

    private void takeAnswer(Storing answered) {
        answers.remove();
        if (answered.isOverdue()) {
            unanswered--;
        }
    }

    /**
     * Takes the next batch that the disk has kept waiting since then, or null if there is none; it goes on without it. What
     * would end now is taken back first, so that its outcome is true. What goes on in memory may be written late: then it is
     * safe if the process is killed.
     */
    StoredBatch takeOverdue(long sinceNs) {
        if (byBatch.isEmpty()) {
            return null;
        }
        Storing oldest = byBatch.values().iterator().next();
        if (oldest.sinceNs() - sinceNs > 0) {
            return null;
        }
        Batch batch = oldest.batch();
        SpoolTicket ticket = SpoolTicket.inDoubt(oldest.events());
        StoredBatch overdue = new StoredBatch(batch, oldest.plan(), "the disk does not answer", null);
        doubts.add(oldest);
        byBatch.remove(batch);
        if (oldest.plan().otherwise() != null && oldest.withdraw()) {
            doubts.remove(oldest);
        } else {
            oldest.inDoubt(ticket);
        }
        if (!oldest.isOverdue()) {
            oldest.markOverdue();
            unanswered++;
        }
        return overdue;
    }

    /** Takes back what nobody needs on disk any more. */
    void withdrawNeedless() {
        if (!doubts.isEmpty()) {
            doubts.removeIf(storing -> storing.isNeedless() && storing.withdraw());
        }
    }

    /** A batch came from the spool: its record is on loan. */
    void replayed() {
        replays++;
    }

    /** How many records are on loan. */
    int replays() {
        return replays;
    }

    /** Gives a whole record back to the spool; its batch is forgotten. */
    void leave(SpoolTicket ticket, long delayNs) {
        store.release(ticket.recordId(), ticket.events(), delayNs);
        over(ticket);
    }

    /** Events of a record have their outcome, or stand in another record. */
    void settle(SpoolTicket ticket, int events) {
        if (ticket != null && ticket.settle(events)) {
            over(ticket);
            store.acknowledge(ticket.recordId());
        }
    }

    private void over(SpoolTicket ticket) {
        if (ticket.isReplayed()) {
            replays--;
        }
    }

    /** Takes back what the disk has not begun to write: it will not be there. */
    void withdrawAll(Consumer<Batch> withdrawn) {
        Iterator<Storing> each = byBatch.values().iterator();
        while (each.hasNext()) {
            Storing next = each.next();
            Batch batch = next.batch();
            if (next.withdraw()) {
                each.remove();
                withdrawn.accept(batch);
            }
        }
    }

    /** Gives up what is being stored; the disk may have it or not. */
    void giveUpAll(Consumer<Batch> given) {
        for (Batch batch : byBatch.keySet()) {
            batch.leaveBodyInDoubt(); // the disk may still be reading it
            given.accept(batch);
        }
        byBatch.clear();
        doubts.clear();
    }

    /** Whether nothing waits for an answer of the disk. */
    boolean isEmpty() {
        return byBatch.isEmpty();
    }

    /** Whether the disk may still take something that went on without it. */
    boolean isInDoubt() {
        return !doubts.isEmpty();
    }

    /** The lowest flush id that is being stored, or {@link Long#MAX_VALUE}. */
    long lowestFlushId() {
        long lowest = Long.MAX_VALUE;
        for (Batch batch : byBatch.keySet()) {
            lowest = Math.min(lowest, batch.flushId());
        }
        return lowest;
    }
}
