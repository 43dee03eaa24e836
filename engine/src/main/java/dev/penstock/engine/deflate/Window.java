package dev.penstock.engine.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What matches may reach back to, and what is compressed next.
 *
 * <p>An index moves when the window slides; with {@link #origin} added it stays what it is, for tables.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none.
 */
final class Window {

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LENGTH = 128 * 1024;

    /** Readable beyond the last byte, so that comparisons need not look where it is. */
    private static final int SLACK = 2 * Long.BYTES;

    /** Origins begin anew before they could overflow. */
    private static final int MAX_ORIGIN = 1 << 30;

    final byte[] bytes = new byte[LENGTH + SLACK];

    /** What an index is counted from. */
    int origin = Matches.MAX_DISTANCE + 1;

    /** Where the next byte goes. */
    int filled;

    /** Forgets everything. Tells whether positions begin anew, so that tables have to be cleared. */
    boolean clear() {
        origin += filled + Matches.MAX_DISTANCE + 1;
        filled = 0;
        if (origin > MAX_ORIGIN) {
            origin = Matches.MAX_DISTANCE + 1;
            return true;
        }
        return false;
    }

    boolean hasRoomFor(int length) {
        return filled + length <= LENGTH;
    }

    void add(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, filled, length);
        filled += length;
    }

    void add(byte one) {
        bytes[filled++] = one;
    }

    /** Forgets what is before an index, which becomes the first. */
    void slide(int from) {
        System.arraycopy(bytes, from, bytes, 0, filled - from);
        origin += from;
        filled -= from;
    }

    /** How many bytes from here on are as those from there on; there is before here. */
    int common(int there, int here) {
        byte[] data = bytes;
        int limit = filled - here;
        for (int n = 0; n < limit; n += Long.BYTES) {
            long differ = (long) LONGS.get(data, there + n) ^ (long) LONGS.get(data, here + n);
            if (differ != 0) {
                return Math.min(limit, n + (Long.numberOfTrailingZeros(differ) >>> 3));
            }
        }
        return limit;
    }
}
