package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.ResultCounters;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Claims, counts, copies and publishes: the only way into the rings.
 *
 * <p>Why it is shaped so: whether the client is closed is read again after the claim. The closing thread first says
 * closed and then looks at the claimed position; so either it sees this claim and waits for it, or this thread sees
 * closed and publishes an empty slot. Plain events leave a ring's reserve to events with priority; all else is equal for
 * both. An event is counted as accepted before it is published, so no outcome can overtake
 * its acceptance. Guarded by {@code CaptureBenchmark}; raced by {@code CaptureRingStress}.
 *
 * <p><b>Threads:</b> any; lock-free, except that {@link OverflowPolicy#WAIT} parks for a bounded time.
 */
public final class EventPublisher {

    private static final long PARK_NS = 50_000;

    private final CaptureRing[] lanes;
    private final ResultCounters counters;
    private final boolean waits;
    private final long waitNs;
    private final BooleanSupplier onOwnThread;
    private final CaptureGate gate;

    /**
     * Makes a publisher.
     *
     * @param lanes the rings
     * @param counters counts the answers
     * @param policy what to do when a ring is full
     * @param waitNs the longest wait under {@link OverflowPolicy#WAIT}
     * @param onOwnThread whether the calling thread belongs to the engine, where waiting would wait for itself
     * @param gate whether anything is accepted
     */
    public EventPublisher(
            CaptureRing[] lanes,
            ResultCounters counters,
            OverflowPolicy policy,
            long waitNs,
            BooleanSupplier onOwnThread,
            CaptureGate gate) {
        this.lanes = lanes;
        this.counters = counters;
        this.waits = policy == OverflowPolicy.WAIT;
        this.waitNs = waitNs;
        this.onOwnThread = onOwnThread;
        this.gate = gate;
    }

    /**
     * What every capture is answered, if nothing is accepted.
     *
     * @return {@link CaptureResult#CLOSED} or {@link CaptureResult#DISABLED}, or null if captures are accepted
     */
    public CaptureResult refusal() {
        return gate.refusal();
    }

    /**
     * How many slots plain events of the calling thread may still take: those of its lane. Lock-free, without allocation.
     *
     * @return a count of slots; 0 if nothing is accepted
     */
    public long remainingCapacity() {
        return gate.refusal() != null || lanes.length == 0 ? 0 : laneOfThread().remaining();
    }

    /** Whether the calling thread belongs to the engine. */
    boolean isOnOwnThread() {
        return onOwnThread.getAsBoolean();
    }

    /**
     * Publishes a finished record and counts the answer.
     *
     * @param record holds the record from index 0
     * @param length its length
     * @param shared what the event has in common with others
     * @param kind what kind of event it is
     * @param mayWait whether a full ring may be waited for, if that is the policy
     * @param stripe the caller's stripe of the counters
     * @return what became of it
     */
    CaptureResult publish(byte[] record, int length, SharedParts shared, EventKind kind, boolean mayWait, int stripe) {
        CaptureRing ring = laneOfThread();
        boolean priority = kind.hasPriority();
        CaptureResult result = tryPublish(ring, record, length, shared, priority, stripe);
        if (result == CaptureResult.RING_FULL && waits && mayWait && !onOwnThread.getAsBoolean()) {
            result = waitAndPublish(ring, record, length, shared, priority, stripe);
        }
        if (result != CaptureResult.ACCEPTED) {
            counters.count(result, stripe);
        }
        return result;
    }

    private CaptureResult tryPublish(
            CaptureRing ring, byte[] record, int length, SharedParts shared, boolean priority, int stripe) {
        return length <= CaptureRing.MAX_INLINE_BYTES
                ? publishInline(ring, record, length, shared, priority, stripe)
                : publishLarge(ring, record, length, shared, priority, stripe);
    }

    private CaptureResult publishInline(
            CaptureRing ring, byte[] record, int length, SharedParts shared, boolean priority, int stripe) {
        if (shared != null) {
            return publishShared(ring, record, length, shared, priority, stripe);
        }
        int slots = CaptureRing.slotsFor(length);
        long sequence = ring.tryClaim(slots, priority ? 0 : ring.reserve());
        if (sequence == CaptureRing.FULL) {
            return full();
        }
        CaptureResult refused = gate.refusal();
        if (refused != null) {
            ring.publishSkipped(sequence, slots);
            return refused;
        }
        counters.count(CaptureResult.ACCEPTED, stripe);
        if (!ring.publish(sequence, slots, record, length)) {
            counters.countUnpublished(stripe);
        }
        return CaptureResult.ACCEPTED;
    }

    private CaptureResult publishShared(
            CaptureRing ring, byte[] record, int length, SharedParts shared, boolean priority, int stripe) {
        int charge = shared.charge();
        if (charge > 0 && !ring.tryReserve(charge, priority)) {
            return full();
        }
        int slots = CaptureRing.slotsFor(length);
        long sequence = ring.tryClaim(slots, priority ? 0 : ring.reserve());
        if (sequence == CaptureRing.FULL) {
            ring.release(charge);
            return full();
        }
        CaptureResult refused = gate.refusal();
        if (refused != null) {
            ring.publishSkipped(sequence, slots);
            ring.release(charge);
            return refused;
        }
        counters.count(CaptureResult.ACCEPTED, stripe);
        if (!ring.publishWithSnapshots(
                sequence, slots, record, length, shared.superProperties(), shared.context(), shared.flags(), charge)) {
            ring.release(charge);
            counters.countUnpublished(stripe);
        }
        return CaptureResult.ACCEPTED;
    }

    private CaptureResult publishLarge(
            CaptureRing ring, byte[] record, int length, SharedParts shared, boolean priority, int stripe) {
        int charge = shared == null ? 0 : shared.charge();
        if (charge > 0 && !ring.tryReserve(charge, priority)) {
            return full();
        }
        // A copy this large is not made in vain, least of all again and again while waiting.
        int kept = priority ? 0 : ring.reserve();
        byte[] copy = ring.occupied() < ring.capacity() - kept ? ring.tryCopyLarge(record, length, priority) : null;
        if (copy == null) {
            ring.release(charge);
            return full();
        }
        long sequence = ring.tryClaim(1, kept);
        if (sequence == CaptureRing.FULL) {
            ring.releaseLarge(copy);
            ring.release(charge);
            return full();
        }
        CaptureResult refused = gate.refusal();
        if (refused != null) {
            ring.publishSkipped(sequence, 1);
            ring.releaseLarge(copy);
            ring.release(charge);
            return refused;
        }
        counters.count(CaptureResult.ACCEPTED, stripe);
        if (shared == null) {
            ring.publishLarge(sequence, copy, null, null, null, 0);
        } else {
            ring.publishLarge(sequence, copy, shared.superProperties(), shared.context(), shared.flags(), charge);
        }
        return CaptureResult.ACCEPTED;
    }

    /** A ring that is full because nobody reads it any more is not full but closed. */
    private CaptureResult full() {
        CaptureResult refused = gate.refusal();
        return refused == null ? CaptureResult.RING_FULL : refused;
    }

    private CaptureResult waitAndPublish(
            CaptureRing ring, byte[] record, int length, SharedParts shared, boolean priority, int stripe) {
        long deadline = System.nanoTime() + waitNs;
        boolean interrupted = false;
        CaptureResult result = CaptureResult.RING_FULL;
        while (result == CaptureResult.RING_FULL && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, PARK_NS);
            // An interrupted thread cannot park: clear, remember, restore.
            interrupted |= Thread.interrupted();
            result = tryPublish(ring, record, length, shared, priority, stripe);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private CaptureRing laneOfThread() {
        if (lanes.length == 1) {
            return lanes[0];
        }
        long mixed = (Thread.currentThread().getId() * 0x9E37_79B9_7F4A_7C15L) >>> 32;
        return lanes[(int) ((mixed * lanes.length) >>> 32)];
    }
}
