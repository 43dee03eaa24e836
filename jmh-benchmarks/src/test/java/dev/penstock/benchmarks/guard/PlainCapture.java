package dev.penstock.benchmarks.guard;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import dev.penstock.benchmarks.support.ReferenceEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The yardstick of a capture: the values of a reference event, character by character, into an array, and the array into a
 * slot of a plain Disruptor. It knows nothing but this event and checks nothing. Nothing of the engine's is in it.
 */
final class PlainCapture {
    private static final int SLOTS = 2_048;
    private static final int SLOT_BYTES = 512;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] record = new byte[SLOT_BYTES];
    private final RingBuffer<byte[]> ring =
            RingBuffer.createMultiProducer(() -> new byte[SLOT_BYTES], SLOTS, new YieldingWaitStrategy());
    private final EventPoller<byte[]> poller = ring.newPoller();
    private int polled;

    PlainCapture() {
        ring.addGatingSequences(poller.getSequence());
    }

    void capture(ReferenceEvent event) throws InsufficientCapacityException {
        int at = put(0, event.distinctId());
        at = put(at, event.placement());
        at = put(at, event.campaign());
        at = put(at, event.country());
        at = put(at, event.device());
        at = put(at, event.sessionId());
        LONGS.set(record, at, event.position());
        LONGS.set(record, at + Long.BYTES, Double.doubleToRawLongBits(event.price()));
        at += 2 * Long.BYTES;
        record[at++] = (byte) (event.viewable() ? 1 : 0);
        long sequence = ring.tryNext();
        System.arraycopy(record, 0, ring.get(sequence), 0, at);
        ring.publish(sequence);
    }

    private int put(int at, String text) {
        byte[] bytes = record;
        int length = text.length();
        bytes[at] = (byte) length;
        for (int i = 0; i < length; i++) {
            bytes[at + 1 + i] = (byte) text.charAt(i);
        }
        return at + 1 + length;
    }

    /** Empties the ring, and answers how many were in it. */
    int drain() throws Exception {
        polled = 0;
        while (poller.poll((slot, sequence, endOfBatch) -> ++polled > 0) == EventPoller.PollState.PROCESSING) {
            // One poll takes what was published when it began.
        }
        return polled;
    }
}
