package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.Body;
import dev.penstock.engine.encode.BodyEncoding;
import dev.penstock.engine.encode.StoredBody;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.protocol.StoredEnvelope;
import dev.penstock.engine.spool.RecordStore;
import dev.penstock.engine.spool.SpoolRecord;
import dev.penstock.engine.spool.TakeSink;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes batches from the spool, the oldest first, and makes them ready to be sent again, with the same events, UUIDs and
 * timestamps.
 *
 * <p>Live batches go first: one request is kept free for them where there are several, and while they wait for one, a
 * record a second is all that is taken. That one is put before them, so that the spool gets emptied all the same.
 *
 * <p><b>Threads:</b> only the pipeline thread, but for the queue of what the spool gives.
 */
final class SpoolReplay {

    private static final long PACE_NS = 1_000_000_000;
    private static final long REST_NS = 30_000_000_000L;
    private static final int MAX_CUTTERS = 16;

    /** What this client does not speak is left for one that does. */
    private static final long FOR_OTHERS_NS = Long.MAX_VALUE / 4;

    private final RecordStore store;
    private final ReplayRoutes routes;
    private final BatchSpool spool;
    private final LaneCounters counters;
    private final DeliveryMessages messages;
    private final int maxReplays;
    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final Map<Key, BatchCutter> cutters = new LinkedHashMap<>();

    private int asked;
    private boolean stopped;
    private long lastNs;

    private record Taken(long recordId, SpoolRecord record) {}

    private record Key(int protocol, boolean historical, ByteBuffer shared) {}

    /**
     * Makes a replay.
     *
     * @param spooling with or without replays
     * @param spool told of records on loan
     * @param counters where events stand that come from the spool
     * @param messages told of records of another protocol
     * @param maxRequests how many requests the lane may have open
     * @param nowNs the time
     */
    SpoolReplay(
            Spooling spooling,
            BatchSpool spool,
            LaneCounters counters,
            DeliveryMessages messages,
            int maxRequests,
            long nowNs) {
        this.store = spooling.store();
        this.routes = spooling.replays();
        this.spool = spool;
        this.counters = counters;
        this.messages = messages;
        this.maxReplays = Math.max(1, maxRequests - 1);
        this.stopped = store == null || routes == null;
        this.lastNs = nowNs;
    }

    /** Whether it is time for another record; {@code liveWaits} says that live batches wait for a request. */
    boolean wants(long nowNs, boolean liveWaits) {
        if (stopped || spool.replays() + asked >= maxReplays || !store.hasBacklog()) {
            return false;
        }
        return !liveWaits || (nowNs - lastNs >= PACE_NS && spool.replays() + asked == 0);
    }

    /** Asks for a record. */
    void ask(long nowNs) {
        lastNs = nowNs;
        store.take(new TakeSink() {
            @Override
            public void taken(long recordId, SpoolRecord record) {
                taken.add(new Taken(recordId, record));
                counters.addArriving(record.count());
            }

            @Override
            public void none() {
                taken.add(new Taken(0, null));
            }
        });
        asked++; // what is told so soon is looked at later
    }

    /** The next batch that has come, or null if there is none. */
    Batch next() {
        for (Taken next = taken.poll(); next != null; next = taken.poll()) {
            asked--;
            Batch batch = next.record() == null ? null : restored(next);
            if (batch != null) {
                return batch;
            }
        }
        return null;
    }

    /** Memory may end anywhere: what cannot be restored stays where it is. */
    private Batch restored(Taken next) {
        try {
            return batch(next);
        } catch (Throwable e) {
            messages.notRestored(e);
            giveBack(next, REST_NS);
            return null;
        }
    }

    private Batch batch(Taken next) {
        SpoolRecord record = next.record();
        if (stopped) {
            giveBack(next, 0);
            return null;
        }
        BatchCutter cutter = cutter(new StoredEnvelope(record.protocol(), record.historical(), record.envelope()));
        BodyEncoding encoding = BodyEncoding.of(record.encoding());
        if (cutter == null || encoding == null) {
            messages.leftForOthers(record.count());
            giveBack(next, FOR_OTHERS_NS);
            return null;
        }
        Body body = cutter.restore(new StoredBody(
                encoding, record.events(), record.offset(), record.length(), record.plainLength(), record.checksum()));
        // No flush waits for what another run has captured.
        Batch batch = new Batch(cutter, Long.MAX_VALUE, new RequestBudget(), body, record.starts(), record.uuids());
        batch.attach(SpoolTicket.replayed(next.recordId(), batch.events()));
        spool.replayed();
        counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, batch.events());
        counters.addArriving(-batch.events());
        return batch;
    }

    private void giveBack(Taken next, long delayNs) {
        store.release(next.recordId(), next.record().count(), delayNs);
        counters.addArriving(-next.record().count());
    }

    private BatchCutter cutter(StoredEnvelope envelope) {
        Key key = new Key(envelope.protocol(), envelope.historical(), ByteBuffer.wrap(envelope.shared()));
        BatchCutter known = cutters.get(key);
        if (known != null) {
            return known;
        }
        Protocol protocol = routes.protocols().restore(envelope);
        if (protocol == null) {
            return null;
        }
        if (cutters.size() == MAX_CUTTERS) {
            cutters.remove(cutters.keySet().iterator().next()).close();
        }
        BatchCutter cutter = new BatchCutter(protocol, routes.bodyWriters().apply(protocol));
        cutters.put(key, cutter);
        return cutter;
    }

    /** Takes no more; what was asked for is given back when it comes. */
    void stop() {
        stopped = true;
    }

    /** Whether nothing is asked for that has not come. */
    boolean isIdle() {
        return asked == 0;
    }

    /** Gives back native memory. */
    void close() {
        cutters.values().forEach(BatchCutter::close);
    }
}
