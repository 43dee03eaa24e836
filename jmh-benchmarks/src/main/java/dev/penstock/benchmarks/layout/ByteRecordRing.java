package dev.penstock.benchmarks.layout;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.YieldingWaitStrategy;

/**
 * Layout B: one contiguous byte array for the whole ring; an event is a compact record in it, and there are no slots.
 * <p>
 * It asks: is it cheaper over all to read the caller's strings at once and hand over bytes? Measured by
 * {@link SlotLayoutBenchmark} and {@link SlotLayoutPauses}; its rival is {@link ReferenceSlotRing}. The place of a record
 * is computed from its sequence, the record is made in a scratch (see {@link RecordScratch} for its fields) before
 * anything is claimed, and between claim and publish there is one copy.
 */
final class ByteRecordRing implements SlotRing {
    private static final int STRIDE = 512;
    private static final int STRIPES = 8;

    private final byte[] ring;
    private final int mask;
    private final MultiProducerSequencer sequencer;
    private final EventPoller<byte[]> poller;
    private final EventPoller.Handler<byte[]> handler = this::onEvent;
    private final ScratchPool scratches;
    private final CoarseClock clock;
    private final EventJson json;
    private int handled;

    ByteRecordRing(int slots, CoarseClock clock, EventJson json, long seed) {
        this(slots, clock, json, seed, STRIPES);
    }

    /** With one stripe, one thread always draws its UUIDs from the seed itself, which the check relies on. */
    ByteRecordRing(int slots, CoarseClock clock, EventJson json, long seed, int stripes) {
        this.clock = clock;
        this.json = json;
        this.mask = slots - 1;
        this.ring = new byte[Math.multiplyExact(slots, STRIDE)];
        this.scratches = new ScratchPool(stripes, seed);
        // No consumer waits on the sequencer's strategy; what counts is that publishing signals nobody.
        this.sequencer = new MultiProducerSequencer(slots, new YieldingWaitStrategy());
        this.poller = sequencer.newPoller(sequence -> ring);
        sequencer.addGatingSequences(poller.getSequence());
    }

    @Override
    public boolean capture(
            String distinctId,
            String placement,
            String campaign,
            String country,
            String device,
            String sessionId,
            long position,
            boolean viewable,
            double price) {
        RecordScratch scratch = scratches.take();
        try {
            scratch.begin(EventKey.AD_IMPRESSION, distinctId, clock.millis());
            scratch.put(EventKey.PLACEMENT, placement);
            scratch.put(EventKey.CAMPAIGN, campaign);
            scratch.put(EventKey.COUNTRY, country);
            scratch.put(EventKey.DEVICE, device);
            scratch.put(EventKey.SESSION_ID, sessionId);
            scratch.put(EventKey.POSITION, position);
            scratch.put(EventKey.VIEWABLE, viewable);
            scratch.put(EventKey.PRICE, price);
            int length = scratch.finish();
            if (length > STRIDE) {
                throw new IllegalArgumentException("record of " + length + " bytes; at most " + STRIDE);
            }
            long sequence = sequencer.tryNext();
            System.arraycopy(scratch.bytes, 0, ring, offset(sequence), length);
            sequencer.publish(sequence);
            return true;
        } catch (InsufficientCapacityException full) {
            return false;
        } finally {
            scratch.releaseOwnership();
        }
    }

    @Override
    public int drain() {
        handled = 0;
        try {
            poller.poll(handler);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return handled;
    }

    private int offset(long sequence) {
        return ((int) sequence & mask) * STRIDE;
    }

    private boolean onEvent(byte[] record, long sequence, boolean endOfBatch) {
        int start = offset(sequence);
        int count = record[start + RecordScratch.COUNT];
        int text = start + shortAt(record, start + RecordScratch.TEXT_START);
        int textEnd = start + shortAt(record, start + RecordScratch.TEXT_END);
        EventKey event = EventKey.byId(shortAt(record, start));

        json.begin(event, record, text, textEnd, record[start + RecordScratch.WIDE] != 0);
        text = json.text(record, text, shortAt(record, start + RecordScratch.ID_LENGTH));
        json.stamp(
                longAt(record, start + RecordScratch.UUID_MOST),
                longAt(record, start + RecordScratch.UUID_LEAST),
                longAt(record, start + RecordScratch.MILLIS));
        int at = start + RecordScratch.PROPERTIES;
        for (int i = 0; i < count; i++) {
            json.key(EventKey.byId(shortAt(record, at)));
            byte type = record[at + 2];
            at += 3;
            switch (type) {
                case ValueType.STRING -> {
                    text = json.text(record, text, shortAt(record, at));
                    at += Short.BYTES;
                }
                case ValueType.LONG -> {
                    json.number(longAt(record, at));
                    at += Long.BYTES;
                }
                case ValueType.DOUBLE -> {
                    json.number(Double.longBitsToDouble(longAt(record, at)));
                    at += Long.BYTES;
                }
                default -> json.bool(type == ValueType.TRUE);
            }
        }
        json.end();
        handled++;
        return true;
    }

    private static short shortAt(byte[] record, int offset) {
        return (short) RecordScratch.SHORTS.get(record, offset);
    }

    private static long longAt(byte[] record, int offset) {
        return (long) RecordScratch.LONGS.get(record, offset);
    }
}
