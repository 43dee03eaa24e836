package dev.penstock.benchmarks.layout;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;

/**
 * Layout A: a Disruptor ring of slot objects that hold references; the consumer reads the strings and encodes them.
 * <p>
 * It asks: is it cheapest for the caller to store references and leave all reading to the consumer? Measured by
 * {@link SlotLayoutBenchmark} and {@link SlotLayoutPauses}; its rival is {@link ByteRecordRing}. To its favour, the UUID
 * is drawn by the consumer, slots are filled in place without a scratch, and references to keys, which live for ever, are
 * not cleared. References to strings are: a slot would otherwise keep the caller's objects alive until it is used again.
 */
final class ReferenceSlotRing implements SlotRing {
    private final RingBuffer<ReferenceSlot> ring;
    private final EventPoller<ReferenceSlot> poller;
    private final EventPoller.Handler<ReferenceSlot> handler = this::onEvent;
    private final CoarseClock clock;
    private final EventJson json;
    private final UuidSource uuids;
    private final byte[] text = new byte[4096];
    private final TextScratch scratch = new TextScratch(text);
    private int handled;

    ReferenceSlotRing(int slots, CoarseClock clock, EventJson json, long seed) {
        this.clock = clock;
        this.json = json;
        this.uuids = new UuidSource(seed);
        // No consumer waits on the ring's strategy; what counts is that publishing signals nobody.
        this.ring = RingBuffer.createMultiProducer(ReferenceSlot::new, slots, new YieldingWaitStrategy());
        this.poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
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
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        try {
            ReferenceSlot slot = ring.get(sequence);
            slot.begin(EventKey.AD_IMPRESSION, distinctId, clock.millis());
            slot.put(EventKey.PLACEMENT, placement);
            slot.put(EventKey.CAMPAIGN, campaign);
            slot.put(EventKey.COUNTRY, country);
            slot.put(EventKey.DEVICE, device);
            slot.put(EventKey.SESSION_ID, sessionId);
            slot.put(EventKey.POSITION, position);
            slot.put(EventKey.VIEWABLE, viewable);
            slot.put(EventKey.PRICE, price);
        } finally {
            ring.publish(sequence);
        }
        return true;
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

    private boolean onEvent(ReferenceSlot slot, long sequence, boolean endOfBatch) {
        int count = slot.count;
        byte[] types = slot.types;
        String[] strings = slot.strings;
        EventKey[] keys = slot.keys;
        long[] numbers = slot.numbers;
        scratch.clear();
        int idLength = scratch.add(slot.distinctId);
        for (int i = 0; i < count; i++) {
            if (types[i] == ValueType.STRING) {
                scratch.add(strings[i]);
            }
        }
        int textEnd = scratch.encode(0);

        json.begin(slot.event, text, 0, textEnd, scratch.isWide());
        int at = json.text(text, 0, idLength);
        json.stamp(uuids.most(slot.epochMillis), uuids.least(), slot.epochMillis);
        for (int i = 0; i < count; i++) {
            json.key(keys[i]);
            switch (types[i]) {
                case ValueType.STRING -> {
                    at = json.text(text, at, strings[i].length());
                    strings[i] = null;
                }
                case ValueType.LONG -> json.number(numbers[i]);
                case ValueType.DOUBLE -> json.number(Double.longBitsToDouble(numbers[i]));
                default -> json.bool(types[i] == ValueType.TRUE);
            }
        }
        json.end();
        slot.distinctId = null;
        handled++;
        return true;
    }
}
