package dev.penstock.engine.spool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The beginning of a segment. Little-endian.
 *
 * <pre>
 *   0         8         12              16                20          28           36         40
 *   +---------+---------+---------------+-----------------+-----------+------------+----------+
 *   | magic   | version | header length | bytes made of   | number    | time it    | CRC32C   |
 *   |         |         |               | the file        |           | was made   | of 0..36 |
 *   +---------+---------+---------------+-----------------+-----------+------------+----------+
 *   40        44                  48                       64
 *   +---------+-------------------+------------------------+--------------
 *   | cursor  | CRC32C of number  | zeros                  | frames ...
 *   |         | and cursor        |                        |
 *   +---------+-------------------+------------------------+--------------
 * </pre>
 *
 * <p>All records before the cursor are acknowledged. It is written in place and now and then; one whose checksum does not
 * fit counts as none, because each record carries a mark of its own. What is before it never changes, so a later version
 * of this layout can always be told by its number.
 *
 * <p>The file is as long as the header says while it is being written, zeros after the last frame; it is cut to its last
 * frame when the next one is begun.
 */
final class SegmentHeader {

    static final int BYTES = 64;

    static final int VERSION = 1;

    /** Where the cursor is. */
    static final int CURSOR = 40;

    /** How long the cursor is, with its checksum. */
    static final int CURSOR_BYTES = 8;

    /** What the beginning of a file was found to be. */
    enum Kind {
        /** A segment that this version reads. */
        KNOWN,
        /** A segment of a later version. */
        NEWER,
        /** No segment, or one whose header is damaged. */
        DAMAGED
    }

    private static final long MAGIC = 0x4C4F_4F50_534B_4E50L; // "PNKSPOOL"
    private static final int VERSION_AT = 8;
    private static final int LENGTH_AT = 12;
    private static final int FILE_BYTES_AT = 16;
    private static final int NUMBER_AT = 20;
    private static final int TIME_AT = 28;
    private static final int CHECKSUM_AT = 36;

    private SegmentHeader() {}

    /** Writes a header without cursor to the beginning of a buffer of {@link #BYTES}. */
    static void write(ByteBuffer into, long number, int fileBytes, long epochMs, Checksum checksum) {
        into.order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, MAGIC)
                .putInt(VERSION_AT, VERSION)
                .putInt(LENGTH_AT, BYTES)
                .putInt(FILE_BYTES_AT, fileBytes)
                .putLong(NUMBER_AT, number)
                .putLong(TIME_AT, epochMs)
                .putInt(CHECKSUM_AT, checksum.of(into, 0, CHECKSUM_AT));
        for (int i = CURSOR; i < BYTES; i++) {
            into.put(i, (byte) 0);
        }
    }

    /** Writes a cursor to the beginning of a buffer of {@link #CURSOR_BYTES}. */
    static void writeCursor(ByteBuffer into, long number, int cursor) {
        into.order(ByteOrder.LITTLE_ENDIAN).putInt(0, cursor).putInt(Integer.BYTES, cursorChecksum(number, cursor));
    }

    /** What a buffer of {@link #BYTES} begins with. */
    static Kind kind(ByteBuffer header, long number, Checksum checksum) {
        header.order(ByteOrder.LITTLE_ENDIAN);
        if (header.getLong(0) != MAGIC || header.getInt(CHECKSUM_AT) != checksum.of(header, 0, CHECKSUM_AT)) {
            return Kind.DAMAGED;
        }
        if (header.getInt(VERSION_AT) > VERSION) {
            return Kind.NEWER;
        }
        return header.getLong(NUMBER_AT) == number && header.getInt(LENGTH_AT) == BYTES ? Kind.KNOWN : Kind.DAMAGED;
    }

    /** Where the first record is that may not be acknowledged. */
    static int cursor(ByteBuffer header, long number) {
        header.order(ByteOrder.LITTLE_ENDIAN);
        int cursor = header.getInt(CURSOR);
        boolean valid = cursor >= BYTES && header.getInt(CURSOR + Integer.BYTES) == cursorChecksum(number, cursor);
        return valid ? cursor : BYTES;
    }

    private static int cursorChecksum(long number, int cursor) {
        ByteBuffer both = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        both.putLong(0, number).putInt(Long.BYTES, cursor);
        return new Checksum().of(both.array(), 0, both.capacity());
    }
}
