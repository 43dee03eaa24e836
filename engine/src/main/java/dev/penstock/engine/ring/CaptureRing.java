package dev.penstock.engine.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The ring of one lane: records in, in publish order out.
 *
 * <p>Why it is shaped so:
 *
 * <ol>
 *   <li>All slots are one heap array with a fixed stride, and a slot's offset is computed from its sequence. An object
 *       or an array per slot costs 45 to 70 ns more at each end, and references stored into an old array make the
 *       producers do the garbage collector's work.
 *   <li>The Disruptor gives the order, not the storage. Its sequencer is asked slot by slot: an {@code EventPoller}
 *       first scans everything that is published, and with a full ring that was 10 percent of the pipeline's profile.
 *   <li>A record is complete before a slot is claimed. Between claim and publish there is one bounded copy and no code
 *       of anybody else.
 *   <li>A longer record takes consecutive slots. The later ones are published first and the head last, so a reader that
 *       sees the head sees all of it.
 *   <li>No wait strategy ever signals: nobody waits on this ring's barrier, the pipeline polls.
 *   <li>Events that others cannot be read without find room when plain ones do not: a plain claim says how many slots it
 *       leaves free. It asks before it claims, so plain claims that race may take some of those slots, one record each at
 *       most; see {@code docs/decisions/0018-priority-reserve.md}.
 * </ol>
 *
 * <p>The benchmarks behind this are {@code SlotLayoutBenchmark} and {@code CaptureBenchmark}.
 *
 * <p>The first four bytes of a record are its length; the upper byte of them is the ring's own and holds a marker.
 *
 * <p><b>Threads:</b> claim and publish from any thread, lock-free; {@link #poll} from one thread; the rest from any. <b>Memory:</b> {@code
 * slots * (256 + 4 * 4 + 2 * 4)} bytes with compressed references, taken at construction, plus what the arena holds at the
 * time.
 */
public final class CaptureRing {

    /** Bytes of one slot. */
    public static final int SLOT_BYTES = 256;

    /** The longest record that lives in the ring; a longer one takes a slot for its reference. */
    public static final int MAX_INLINE_BYTES = 16 * 1024;

    /** Answer of {@link #tryClaim}: no room. */
    public static final long FULL = -1;

    /** A ring of fewer slots keeps none. */
    private static final int MIN_SLOTS_TO_RESERVE = 1_024;

    /** A sixteenth is kept. */
    private static final int RESERVE_SHIFT = 4;

    private static final int SLOT_SHIFT = 8;
    private static final int LENGTH_MASK = 0xFF_FFFF;
    private static final int MARK_SKIPPED = 1 << 24;
    private static final int MARK_LARGE = 1 << 25;
    private static final int MARK_REFERENCES = 1 << 26;
    private static final int REFERENCES_PER_SLOT = 4;
    private static final int LARGE_RECORD = 3;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int slots;
    private final int mask;
    private final int reserve;
    private final byte[] bytes;
    private final Object[] references;

    /** What each slot's references hold of the arena. */
    private final int[] charges;

    private final LargeRecordArena arena;
    private final MultiProducerSequencer sequencer;
    private final Sequence consumed = new Sequence();
    private final byte[] whole = new byte[MAX_INLINE_BYTES];

    /**
     * Makes an empty ring and touches all its memory. Of 1,024 slots or more it keeps a sixteenth for events with priority,
     * and as much of the arena.
     *
     * @param slots how many slots; a power of two
     * @param arenaBytes how many bytes records over {@link #MAX_INLINE_BYTES} may hold
     */
    public CaptureRing(int slots, long arenaBytes) {
        this(slots, arenaBytes, slots < MIN_SLOTS_TO_RESERVE ? 0 : slots >> RESERVE_SHIFT);
    }

    private CaptureRing(int slots, long arenaBytes, int reserve) {
        this.slots = slots;
        this.mask = slots - 1;
        this.reserve = reserve;
        this.bytes = new byte[slots << SLOT_SHIFT];
        this.references = new Object[slots * REFERENCES_PER_SLOT];
        this.charges = new int[slots];
        this.arena = new LargeRecordArena(arenaBytes, reserve == 0 ? 0 : arenaBytes >> RESERVE_SHIFT);
        this.sequencer = new MultiProducerSequencer(slots, new YieldingWaitStrategy());
        // Without a gating sequence a full ring would silently overwrite.
        sequencer.addGatingSequences(consumed);
    }

    /**
     * Makes an empty ring for events that are all alike: it keeps nothing back.
     *
     * @param slots how many slots; a power of two
     * @param arenaBytes how many bytes records over {@link #MAX_INLINE_BYTES} may hold
     * @return a ring
     */
    public static CaptureRing withoutReserve(int slots, long arenaBytes) {
        return new CaptureRing(slots, arenaBytes, 0);
    }

    /**
     * How many slots a record takes.
     *
     * @param length the record's length in bytes
     * @return the number of consecutive slots to claim
     */
    public static int slotsFor(int length) {
        return length > MAX_INLINE_BYTES ? 1 : (length + SLOT_BYTES - 1) >>> SLOT_SHIFT;
    }

    /**
     * Reserves arena bytes for a record over {@link #MAX_INLINE_BYTES} and copies it. Before the claim, because it
     * allocates.
     *
     * @param record holds the record from index 0
     * @param length its length
     * @param priority whether it may use what the arena keeps
     * @return a copy for {@link #publishLarge}, or null if the arena has no room
     */
    public byte[] tryCopyLarge(byte[] record, int length, boolean priority) {
        if (!arena.tryReserve(length, priority)) {
            return null;
        }
        try {
            return Arrays.copyOf(record, length);
        } catch (OutOfMemoryError e) {
            arena.release(length);
            return null;
        }
    }

    /**
     * Gives back a copy that found no slot.
     *
     * @param copy from {@link #tryCopyLarge}
     */
    public void releaseLarge(byte[] copy) {
        arena.release(copy.length);
    }

    /**
     * Reserves arena bytes for references that hold much. Before the claim.
     *
     * @param charge how many bytes
     * @param priority whether they may be those that the arena keeps
     * @return false if the arena has no room
     */
    public boolean tryReserve(int charge, boolean priority) {
        return arena.tryReserve(charge, priority);
    }

    /**
     * Gives back what found no slot.
     *
     * @param charge as it was reserved
     */
    public void release(int charge) {
        arena.release(charge);
    }

    /**
     * Claims consecutive slots. What is claimed must be published, or the ring stands still for ever.
     *
     * @param count how many
     * @return the sequence of the last one, or {@link #FULL}
     */
    public long tryClaim(int count) {
        if (count > slots) {
            return FULL;
        }
        try {
            return sequencer.tryNext(count);
        } catch (InsufficientCapacityException full) {
            return FULL; // one shared exception without a stack
        }
    }

    /**
     * Claims consecutive slots, if some are left free beside them. Claims that race may each find the same slots free, so a
     * few of those may be taken.
     *
     * @param count how many
     * @param kept how many must be left: {@link #reserve()}, or 0
     * @return the sequence of the last one, or {@link #FULL}
     */
    public long tryClaim(int count, int kept) {
        // The sequencer looks again, but at what this look has left in the cache.
        if (kept > 0 && !sequencer.hasAvailableCapacity(count + kept)) {
            return FULL;
        }
        return tryClaim(count);
    }

    /**
     * Copies a record into claimed slots and publishes them.
     *
     * @param last the sequence {@link #tryClaim} gave
     * @param count how many slots were claimed
     * @param record holds the record from index 0
     * @param length its length, at most {@link #MAX_INLINE_BYTES}
     * @return false if the copy failed, which takes a caller that goes on using a builder after its end; the slots are
     *     then published as empty, so that the ring does not stand still
     */
    public boolean publish(long last, int count, byte[] record, int length) {
        long head = last - count + 1;
        boolean copied = copy(record, length, ((int) head & mask) << SLOT_SHIFT);
        if (copied) {
            publishSlots(head, last);
        } else {
            publishSkipped(last, count);
        }
        return copied;
    }

    private boolean copy(byte[] record, int length, int offset) {
        try {
            int room = bytes.length - offset;
            if (length <= room) {
                System.arraycopy(record, 0, bytes, offset, length);
            } else {
                System.arraycopy(record, 0, bytes, offset, room);
                System.arraycopy(record, room, bytes, 0, length - room);
            }
            return true;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    /**
     * Publishes a record together with shared snapshots.
     *
     * @param last the sequence {@link #tryClaim} gave
     * @param count how many slots were claimed
     * @param record holds the record from index 0; the upper byte of its length is written
     * @param length its length, at most {@link #MAX_INLINE_BYTES}
     * @param superProperties the client's super properties, or null
     * @param requestContext the capturing thread's request context, or null
     * @param flags the flags attached to the event, or null
     * @param charge what {@link #tryReserve} has reserved for them; released when the record has been read
     * @return false if the copy failed, as for {@link #publish}; the charge is then the caller's again
     */
    public boolean publishWithSnapshots(
            long last,
            int count,
            byte[] record,
            int length,
            Object superProperties,
            Object requestContext,
            Object flags,
            int charge) {
        int index = (int) (last - count + 1) & mask;
        int at = index * REFERENCES_PER_SLOT;
        references[at] = superProperties;
        references[at + 1] = requestContext;
        references[at + 2] = flags;
        charges[index] = charge;
        INTS.set(record, 0, length | MARK_REFERENCES);
        return publish(last, count, record, length);
    }

    /**
     * Publishes a record that lives in the arena.
     *
     * @param sequence the one slot that was claimed
     * @param copy from {@link #tryCopyLarge}
     * @param superProperties the client's super properties, or null
     * @param requestContext the capturing thread's request context, or null
     * @param flags the flags attached to the event, or null
     * @param charge what {@link #tryReserve} has reserved for them
     */
    public void publishLarge(
            long sequence, byte[] copy, Object superProperties, Object requestContext, Object flags, int charge) {
        int index = (int) sequence & mask;
        int at = index * REFERENCES_PER_SLOT;
        references[at] = superProperties;
        references[at + 1] = requestContext;
        references[at + 2] = flags;
        references[at + LARGE_RECORD] = copy;
        charges[index] = charge;
        INTS.set(bytes, index << SLOT_SHIFT, copy.length | MARK_LARGE);
        sequencer.publish(sequence);
    }

    /**
     * Publishes claimed slots as empty, so that the ring does not stand still.
     *
     * @param last the sequence {@link #tryClaim} gave
     * @param count how many slots were claimed
     */
    public void publishSkipped(long last, int count) {
        long head = last - count + 1;
        INTS.set(bytes, ((int) head & mask) << SLOT_SHIFT, (count << SLOT_SHIFT) | MARK_SKIPPED);
        publishSlots(head, last);
    }

    private void publishSlots(long head, long last) {
        if (last != head) {
            sequencer.publish(head + 1, last);
        }
        sequencer.publish(head);
    }

    /**
     * Hands published records to a handler, and frees their slots afterwards.
     *
     * <p>Only the lane's pipeline thread may call this.
     *
     * @param handler reads the records
     * @param limit the most records to hand over
     * @return how many were
     */
    public int poll(RecordHandler handler, int limit) {
        long next = consumed.get() + 1;
        int polled = 0;
        boolean goOn = true;
        try {
            while (goOn && polled < limit && sequencer.isAvailable(next)) {
                int index = (int) next & mask;
                int offset = index << SLOT_SHIFT;
                int header = (int) INTS.get(bytes, offset);
                int length = header & LENGTH_MASK;
                next += slotsTaken(header);
                if (header == length && offset + length <= bytes.length) {
                    polled++;
                    goOn = handler.onRecord(bytes, offset, length, null, -1);
                } else if ((header & MARK_SKIPPED) == 0) {
                    polled++;
                    goOn = handOverUnusual(handler, index, header);
                }
            }
        } finally {
            consumed.set(next - 1);
        }
        return polled;
    }

    /** A record in the arena, with references, or around the ring's end. */
    private boolean handOverUnusual(RecordHandler handler, int index, int header) {
        int length = header & LENGTH_MASK;
        int at = index * REFERENCES_PER_SLOT;
        if ((header & MARK_LARGE) != 0) {
            byte[] copy = (byte[]) references[at + LARGE_RECORD];
            references[at + LARGE_RECORD] = null;
            try {
                return handler.onRecord(copy, 0, length, references, at);
            } finally {
                arena.release(length);
                clearReferences(index);
            }
        }
        if ((header & MARK_REFERENCES) == 0) {
            return handler.onRecord(contiguous(index, length), 0, length, null, -1);
        }
        try {
            return handler.onRecord(contiguous(index, length), 0, length, references, at);
        } finally {
            clearReferences(index);
        }
    }

    private void clearReferences(int index) {
        int at = index * REFERENCES_PER_SLOT;
        if (charges[index] > 0) {
            arena.release(charges[index]);
            charges[index] = 0;
        }
        references[at] = null;
        references[at + 1] = null;
        references[at + 2] = null;
    }

    /** Made once: nothing may fail between taking a record out of the ring and handing it over. */
    private byte[] contiguous(int index, int length) {
        int offset = index << SLOT_SHIFT;
        int room = Math.min(length, bytes.length - offset);
        System.arraycopy(bytes, offset, whole, 0, room);
        System.arraycopy(bytes, 0, whole, room, length - room);
        return whole;
    }

    private static int slotsTaken(int header) {
        return (header & MARK_LARGE) != 0 ? 1 : ((header & LENGTH_MASK) + SLOT_BYTES - 1) >>> SLOT_SHIFT;
    }

    /**
     * Counts the records that stand in the ring, by looking at them.
     *
     * @return how many records are published and not yet freed; exact while nothing moves
     */
    public long countPublished() {
        for (int attempt = 0; ; attempt++) {
            long from = consumed.get();
            long count = walk(from);
            if (consumed.get() == from || attempt == 3) {
                return count;
            }
        }
    }

    private long walk(long from) {
        long to = sequencer.getCursor();
        long count = 0;
        long sequence = from + 1;
        while (sequence <= to && sequencer.isAvailable(sequence)) {
            int header = (int) INTS.get(bytes, ((int) sequence & mask) << SLOT_SHIFT);
            count += (header & MARK_SKIPPED) == 0 ? 1 : 0;
            sequence += Math.max(1, slotsTaken(header));
        }
        return count;
    }

    /**
     * The sequence of the last claimed slot.
     *
     * @return a position; records published before a call of this are at or before it
     */
    public long claimedPosition() {
        return sequencer.getCursor();
    }

    /**
     * The sequence of the last freed slot.
     *
     * @return a position; everything at or before it was handed to the handler
     */
    public long consumedPosition() {
        return consumed.get();
    }

    /**
     * How many slots there are.
     *
     * @return the capacity
     */
    public int capacity() {
        return slots;
    }

    /**
     * How many slots are kept for events with priority.
     *
     * @return a sixteenth of the capacity, or 0
     */
    public int reserve() {
        return reserve;
    }

    /**
     * How many slots plain events may still take.
     *
     * @return what is neither occupied nor kept; 0 if there is nothing left
     */
    public long remaining() {
        return Math.max(0, slots - reserve - occupied());
    }

    /**
     * How many slots are claimed and not yet freed.
     *
     * @return the occupancy
     */
    public long occupied() {
        long freed = consumed.get();
        return Math.max(0, sequencer.getCursor() - freed);
    }

    /**
     * How many bytes the arena holds.
     *
     * @return bytes of records over {@link #MAX_INLINE_BYTES} that are not yet read
     */
    public long arenaBytes() {
        return arena.used();
    }
}
