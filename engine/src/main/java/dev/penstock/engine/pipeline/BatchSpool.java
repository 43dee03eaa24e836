package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.StoredBody;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.record.ShownText;
import dev.penstock.engine.spool.AppendSink;
import dev.penstock.engine.spool.RecordStore;
import dev.penstock.engine.spool.SpoolRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A lane's batches on their way to the disk, and what is owed to the records they became.
 *
 * <p>A batch that is being stored is nowhere else: it is sent or left when the spool has said what became of it. A record
 * is acknowledged when the last of its events has an outcome.
 *
 * <p><b>Threads:</b> only the pipeline thread, but for the queue of what the spool says.
 */
final class BatchSpool {

    private final Spooling spooling;
    private final RecordStore store;
    private final Map<Batch, Storing> byBatch = new LinkedHashMap<>();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();

    /** Records that were taken from the spool and are not over. */
    private int replays;

    /** Batches that went on without the disk because it has not answered; it still may. */
    private int unanswered;

    /** Those of them that may be on disk. */
    private final Set<Storing> doubts = new LinkedHashSet<>();

    /** What the spool said of a batch. */
    private record Told(Storing storing, long recordId, String failure) {}

    /**
     * What has become of a batch that was to be stored.
     *
     * @param batch the batch; with a ticket now, if it is stored
     * @param plan what it was stored for
     * @param failure why it is not stored, or null if it is
     */
    record StoredBatch(Batch batch, StoragePlan plan, String failure) {}

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

    /** Has a batch stored, all of whose events are open. */
    void store(Batch batch, StoragePlan plan, long nowNs) {
        Storing storing = new Storing(batch, plan, nowNs);
        byBatch.put(batch, storing);
        try {
            storing.setAppend(store.append(record(batch), new AppendSink() {
                @Override
                public void stored(long recordId) {
                    told.add(new Told(storing, recordId, null));
                }

                @Override
                public void notStored(String reason) {
                    told.add(new Told(storing, 0, reason));
                }
            }));
        } catch (Throwable e) {
            // Memory may end anywhere; the batch must still go on.
            told.add(new Told(storing, 0, "could not be handed over: " + ShownText.of(e)));
        }
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
        for (Told next = told.poll(); next != null; next = told.poll()) {
            if (byBatch.remove(next.storing().batch(), next.storing())) {
                return settleStorage(next);
            }
            onLate(next);
        }
        return null;
    }

    private StoredBatch settleStorage(Told next) {
        Storing storing = next.storing();
        if (next.failure() == null) {
            SpoolTicket before = storing.batch().ticket();
            storing.batch().attach(SpoolTicket.stored(next.recordId(), storing.events()));
            settle(before, storing.events()); // its events stand in a record of their own now
        }
        return new StoredBatch(storing.batch(), storing.plan(), next.failure());
    }

    /**
     * The disk has answered for a batch that was taken back or went on without it. If there is a record, it is needed until
     * all its events have an outcome or stand in another one.
     */
    private void onLate(Told next) {
        Storing storing = next.storing();
        if (storing.isOverdue()) {
            unanswered--;
        }
        if (doubts.remove(storing)) {
            if (next.failure() != null) {
                storing.endDoubt();
            } else if (storing.endDoubt(next.recordId())) {
                store.acknowledge(next.recordId());
            }
        }
    }

    /**
     * Takes the next batch that the disk has kept waiting since then, or null if there is none; it goes on without it. What
     * would end now is taken back first, so that its outcome is true; what goes on may be written late, which outlasts a
     * kill.
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
        StoredBatch overdue = new StoredBatch(batch, oldest.plan(), "the disk does not answer");
        doubts.add(oldest);
        if (oldest.plan().otherwise() != null && oldest.withdraw()) {
            doubts.remove(oldest);
        } else {
            oldest.inDoubt(ticket);
        }
        byBatch.remove(batch);
        oldest.markOverdue();
        unanswered++;
        return overdue;
    }

    /** Takes back what nobody needs on disk any more. */
    void withdrawNeedless() {
        if (!doubts.isEmpty()) {
            doubts.removeIf(storing -> !storing.batch().isOpen() && storing.withdraw());
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
        over(ticket);
        store.release(ticket.recordId(), ticket.events(), delayNs);
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
    List<Batch> withdrawAll() {
        List<Batch> withdrawn = new ArrayList<>(byBatch.size());
        Iterator<Storing> each = byBatch.values().iterator();
        while (each.hasNext()) {
            Storing next = each.next();
            Batch batch = next.batch();
            if (next.withdraw()) {
                withdrawn.add(batch);
                each.remove();
            }
        }
        return withdrawn;
    }

    /** Gives up what is being stored; the disk may have it or not. */
    List<Batch> giveUpAll() {
        List<Batch> given = new ArrayList<>(byBatch.keySet());
        given.forEach(Batch::leaveBodyInDoubt); // the disk may still be reading them
        byBatch.clear();
        doubts.clear();
        return given;
    }

    /** Whether the disk owes no answer that something hangs on. */
    boolean isEmpty() {
        return byBatch.isEmpty() && doubts.isEmpty();
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
