package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.StoredBody;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.record.ShownText;
import dev.penstock.engine.spool.AppendSink;
import dev.penstock.engine.spool.RecordStore;
import dev.penstock.engine.spool.SpoolRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
    private final Map<Batch, Storing> storing = new LinkedHashMap<>();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();

    /** Records that were taken from the spool and are not over. */
    private int replays;

    /** Batches that go on without the disk because it has not answered; it still may. */
    private int unanswered;

    private record Storing(StoragePlan plan, long sinceNs) {}

    /** What the spool said of a batch. */
    private record Told(Batch batch, int events, long recordId, String failure) {}

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

    /** Whether the disk owes answers that nobody waits for any more: it is given nothing until it has come to them. */
    boolean isHanging() {
        return unanswered > 0;
    }

    /** Has a batch stored, all of whose events are open. */
    void store(Batch batch, StoragePlan plan, long nowNs) {
        int events = batch.events();
        storing.put(batch, new Storing(plan, nowNs));
        try {
            store.append(record(batch), new AppendSink() {
                @Override
                public void stored(long recordId) {
                    told.add(new Told(batch, events, recordId, null));
                }

                @Override
                public void notStored(String reason) {
                    told.add(new Told(batch, events, 0, reason));
                }
            });
        } catch (Throwable e) {
            // Memory may end anywhere; the batch must still go on.
            told.add(new Told(batch, events, 0, "could not be handed over: " + ShownText.of(e)));
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
            Storing entry = storing.remove(next.batch());
            if (entry != null) {
                return settleStorage(next, entry.plan());
            }
            onLate(next);
        }
        return null;
    }

    /** Takes the next batch that the disk has kept waiting since then, or null if there is none; it goes on without it. */
    StoredBatch takeOverdue(long sinceNs) {
        if (storing.isEmpty()) {
            return null;
        }
        Map.Entry<Batch, Storing> oldest = storing.entrySet().iterator().next();
        if (oldest.getValue().sinceNs() - sinceNs > 0) {
            return null;
        }
        storing.remove(oldest.getKey());
        oldest.getKey().leaveBodyInDoubt(); // the disk may still be reading it
        unanswered++;
        return new StoredBatch(oldest.getKey(), oldest.getValue().plan(), "the disk does not answer");
    }

    /** A batch that went on without the disk is on disk now: its record is needed as long as the batch is. */
    private void onLate(Told next) {
        unanswered = Math.max(0, unanswered - 1);
        Batch batch = next.batch();
        if (next.failure() != null) {
            return;
        }
        if (batch.isOpen() && batch.ticket() == null && batch.events() == next.events()) {
            batch.attach(new SpoolTicket(next.recordId(), next.events(), false));
        } else if (batch.hasEnded()) {
            store.acknowledge(next.recordId());
        }
        // In parts by now, or given up: the record stays, and the next run sends it again.
    }

    private StoredBatch settleStorage(Told next, StoragePlan plan) {
        Batch batch = next.batch();
        if (next.failure() == null) {
            SpoolTicket before = batch.ticket();
            batch.attach(new SpoolTicket(next.recordId(), batch.events(), false));
            if (before != null) {
                settle(before, batch.events()); // its events stand in a record of their own now
            }
        }
        return new StoredBatch(batch, plan, next.failure());
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

    /** Events of a record have their outcome. */
    void settle(SpoolTicket ticket, int events) {
        if (ticket != null && ticket.settle(events)) {
            over(ticket);
            store.acknowledge(ticket.recordId());
        }
    }

    /** Events of a record were given up without a verdict. */
    void abandon(SpoolTicket ticket) {
        if (ticket != null && ticket.abandon()) {
            over(ticket);
        }
    }

    private void over(SpoolTicket ticket) {
        if (ticket.isReplayed()) {
            replays--;
        }
    }

    /** Gives up what is being stored; the disk may have it or not. */
    List<Batch> giveUpAll() {
        List<Batch> given = new ArrayList<>(storing.keySet());
        given.forEach(Batch::leaveBodyInDoubt); // the disk may still be reading them
        storing.clear();
        return given;
    }

    boolean isEmpty() {
        return storing.isEmpty();
    }

    /** The lowest flush id that is being stored, or {@link Long#MAX_VALUE}. */
    long lowestFlushId() {
        long lowest = Long.MAX_VALUE;
        for (Batch batch : storing.keySet()) {
            lowest = Math.min(lowest, batch.flushId());
        }
        return lowest;
    }
}
