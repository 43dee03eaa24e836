package dev.penstock.engine.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Puts bits, and literals and matches by their codes, into a byte array that grows.
 *
 * <p>Why it is shaped so: bits gather in a long, which is written whole and moved on by full bytes, without a loop or a branch
 * for a byte. Four literals are read at once and put in pairs. Between two flushes at most 56 bits may be put.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> only to grow.
 */
final class TokenOutput {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NOT_ASCII = 0x8080_8080;
    private static final int SEVEN = 0x7f;
    private static final int NEXT_SEVEN = 0x7f << 7;

    private byte[] bytes;
    private int at;
    private long bits;
    private int count;

    // What a mark remembers.
    private int markAt;
    private long markBits;
    private int markCount;

    /** Begins at a byte of an array, which may be replaced by a longer one. */
    void begin(byte[] storage, int from) {
        bytes = storage;
        at = from;
        bits = 0;
        count = 0;
    }

    /** Makes room for so many bytes. */
    void ensure(int room) {
        int needed = at + room + Long.BYTES;
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
        }
    }

    void put(long value, int n) {
        bits |= value << count;
        count += n;
    }

    void flush() {
        LONGS.set(bytes, at, bits);
        at += count >>> 3;
        bits >>>= count & 56;
        count &= 7;
    }

    /** Puts literals; there is room for two bytes for each. Reads, but does not use, three bytes beyond the last. */
    void putLiterals(byte[] from, int begin, int end, BlockCodes codes) {
        int[] pairs = codes.pairs;
        int[] literals = codes.literals;
        byte[] to = bytes;
        int place = at;
        long gathered = bits;
        int n = count;
        int i = begin;
        for (; i + 4 <= end; i += 4) {
            int four = (int) INTS.get(from, i);
            if ((four & NOT_ASCII) == 0) {
                int first = pairs[(four & SEVEN) | ((four >>> 1) & NEXT_SEVEN)];
                int second = pairs[((four >>> 16) & SEVEN) | ((four >>> 17) & NEXT_SEVEN)];
                gathered |= (long) (first & BlockCodes.BITS) << n;
                n += first >>> BlockCodes.COUNT_AT;
                gathered |= (long) (second & BlockCodes.BITS) << n;
                n += second >>> BlockCodes.COUNT_AT;
            } else {
                for (int shift = 0; shift < 32; shift += 8) {
                    int code = literals[(four >>> shift) & 0xff];
                    gathered |= (long) (code & BlockCodes.BITS) << n;
                    n += code >>> BlockCodes.COUNT_AT;
                }
            }
            LONGS.set(to, place, gathered);
            place += n >>> 3;
            gathered >>>= n & 56;
            n &= 7;
        }
        // Up to three more, without a branch: how many is anybody's guess. What is beyond the end counts no bits.
        int rest = end - i;
        int three = (int) INTS.get(from, i);
        for (int k = 0; k < 3; k++) {
            int code = literals[(three >>> (8 * k)) & 0xff] & ((k - rest) >> 31);
            gathered |= (long) (code & BlockCodes.BITS) << n;
            n += code >>> BlockCodes.COUNT_AT;
        }
        LONGS.set(to, place, gathered);
        at = place + (n >>> 3);
        bits = gathered >>> (n & 56);
        count = n & 7;
    }

    /** Puts a match of a length that one token can tell; there is room for 8 bytes. */
    void putMatch(int length, int distance, BlockCodes codes) {
        int code = codes.lengths[length];
        int symbol = Matches.distanceSymbol(distance);
        int second = codes.distances[symbol];
        int extraBits = Matches.distanceExtraBits(symbol);
        long gathered = bits;
        int n = count;
        gathered |= (long) (code & BlockCodes.BITS) << n;
        n += code >>> BlockCodes.COUNT_AT;
        gathered |= (long) (second & BlockCodes.BITS) << n;
        n += second >>> BlockCodes.COUNT_AT;
        gathered |= (long) ((distance - 1) & ((1 << extraBits) - 1)) << n;
        n += extraBits;
        LONGS.set(bytes, at, gathered);
        at += n >>> 3;
        bits = gathered >>> (n & 56);
        count = n & 7;
    }

    /** Puts bytes as they are, from the next full byte on; at most 65,535. */
    void putStored(byte[] from, int offset, int length) {
        ensure(length + 8);
        put(0, 3);
        count = (count + 7) & ~7;
        flush();
        put(length, 16);
        put(~length & 0xffff, 16);
        flush();
        System.arraycopy(from, offset, bytes, at, length);
        at += length;
    }

    /** Ends the stream, with an empty block that is marked as the last. At least 8 bytes are free behind it. */
    void end() {
        ensure(8);
        put(0b011, 3);
        put(0, 7);
        count = (count + 7) & ~7;
        flush();
    }

    /** Remembers this place. */
    void mark() {
        markAt = at;
        markBits = bits;
        markCount = count;
    }

    /** Takes back what was put since the mark. */
    void rewind() {
        at = markAt;
        bits = markBits;
        count = markCount;
    }

    /** How many full bytes were put since the mark. */
    int sinceMark() {
        return at - markAt;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the next full byte goes. */
    int at() {
        return at;
    }

    /** The bits that fill no byte yet. */
    int spareBits() {
        return count;
    }
}
