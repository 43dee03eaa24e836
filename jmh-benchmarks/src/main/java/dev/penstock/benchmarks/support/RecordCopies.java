package dev.penstock.benchmarks.support;

import dev.penstock.engine.ring.RecordHandler;
import java.util.Arrays;

/**
 * Records taken out of a ring and kept, in one array with the stride of the ring.
 * <p>
 * <b>Threads:</b> one; any once all are in.
 */
public final class RecordCopies implements RecordHandler {
    private static final int STRIDE = 512;

    private final int[] offsets;
    private byte[] bytes;
    private int count;
    private int end;

    /**
     * Makes room.
     *
     * @param capacity how many records come
     */
    public RecordCopies(int capacity) {
        offsets = new int[capacity];
        bytes = new byte[capacity * STRIDE];
    }

    /**
     * Empties an engine's ring into the room, which must be full then.
     *
     * @param engine whose records are kept
     */
    public void takeAll(DrainedEngine engine) {
        int drained = engine.drain(this);
        if (drained != offsets.length) {
            throw new IllegalStateException("only " + drained + " of " + offsets.length + " sample records arrived");
        }
    }

    @Override
    public boolean onRecord(byte[] ring, int offset, int length, Object[] references, int at) {
        int next = end + (length + STRIDE - 1) / STRIDE * STRIDE;
        if (next > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * next);
        }
        System.arraycopy(ring, offset, bytes, end, length);
        offsets[count++] = end;
        end = next;
        return true;
    }

    /**
     * Where they are.
     *
     * @return the array itself
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Where one begins.
     *
     * @param i from 0
     * @return an index into {@link #bytes}
     */
    public int offset(int i) {
        return offsets[i];
    }
}
