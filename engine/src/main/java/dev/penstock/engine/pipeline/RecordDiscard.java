package dev.penstock.engine.pipeline;

import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.client.Outcome;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.ring.RecordHandler;

/**
 * Empties a ring without encoding anything: for a close that has no time left for that. Whoever listens hears of these events
 * by their UUIDs alone.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class RecordDiscard implements RecordHandler {

    private final BatchDelivery delivery;
    private final long[] uuids;
    private int events;

    /**
     * Makes a handler.
     *
     * @param delivery gives the events their outcome
     * @param maxRecords how many records it takes at a time
     */
    RecordDiscard(BatchDelivery delivery, int maxRecords) {
        this.delivery = delivery;
        this.uuids = new long[2 * maxRecords];
    }

    /** Discards what is next in the ring; tells how many records. */
    int discard(CaptureRing ring) {
        events = 0;
        try {
            ring.poll(this, uuids.length / 2);
        } finally {
            if (events > 0) {
                delivery.giveUp(uuids, events, Outcome.DISCARDED, BatchKeeper.CLOSED.reason());
            }
        }
        return events;
    }

    @Override
    public boolean onRecord(byte[] bytes, int offset, int length, Object[] references, int at) {
        uuids[2 * events] = (long) LONGS.get(bytes, offset + RecordLayout.UUID_HIGH);
        uuids[2 * events + 1] = (long) LONGS.get(bytes, offset + RecordLayout.UUID_LOW);
        events++;
        return true;
    }
}
