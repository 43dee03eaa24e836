package dev.penstock.engine.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
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
    private static final int HIGH_BITS = 0x8080_8080;
    private static final int ONES = 0x0101_0101;

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

    /** Puts matches and the literals before each; there are two bytes of room for each byte. */
    void put(byte[] from, int begin, Tokens tokens, int n, BlockCodes codes) {
        int i = begin;
        for (int token = 0; token < n; token++) {
            int end = tokens.starts[token];
            if (i < end) {
                putLiterals(from, i, end, codes);
            }
            for (int left = tokens.lengths[token]; left > 0; ) {
                int length = Matches.firstPart(left);
                putMatch(codes.lengths[length], codes.ofDistance(tokens.distances[token]));
                left -= length;
            }
            i = tokens.end(token);
        }
    }

    private void putLiterals(byte[] from, int begin, int end, BlockCodes codes) {
        int i = putPlain(from, begin, end, codes.pairs);
        while (i < end) {
            // Among the next four is one that no pair has.
            for (int last = Math.min(i + Integer.BYTES, end); i < last; i++) {
                int code = codes.literals[from[i] & 0xff];
                put(code >>> BlockCodes.BITS_AT, code & BlockCodes.NUMBER);
                flush();
            }
            if (i < end) {
                i = putPlain(from, i, end, codes.pairs);
            }
        }
    }

    /**
     * Puts literals up to four bytes of which one is not ASCII, or NUL. Tells where that is; at the end, or behind it, if
     * there is none. Reads, but does not use, three bytes beyond the last.
     */
    private int putPlain(byte[] from, int begin, int end, int[] pairs) {
        byte[] to = bytes;
        int place = at;
        long gathered = bits;
        int filled = count;
        int i = begin;
        for (int last = end - Integer.BYTES; i <= last; i += Integer.BYTES) {
            int four = (int) INTS.get(from, i);
            if (((four | (four - ONES)) & HIGH_BITS) != 0) {
                break;
            }
            int a = pairs[four & BlockCodes.PAIR];
            int b = pairs[four >>> 16];
            gathered |= ((a >>> BlockCodes.BITS_AT) | ((long) (b >>> BlockCodes.BITS_AT) << a)) << filled;
            filled += (a + b) & BlockCodes.NUMBER;
            LONGS.set(to, place, gathered);
            place += filled >>> 3;
            gathered >>>= filled & 56;
            filled &= 7;
        }
        int beyond = (i + Integer.BYTES - end) << 3;
        if (beyond > 0 && beyond < Integer.SIZE) {
            int rest = (int) INTS.get(from, i) & (-1 >>> beyond);
            if (((rest | (rest - (ONES >>> beyond))) & HIGH_BITS) == 0) {
                int a = pairs[rest & BlockCodes.PAIR];
                int b = pairs[rest >>> 16];
                gathered |= ((a >>> BlockCodes.BITS_AT) | ((long) (b >>> BlockCodes.BITS_AT) << a)) << filled;
                filled += (a + b) & BlockCodes.NUMBER;
                LONGS.set(to, place, gathered);
                place += filled >>> 3;
                gathered >>>= filled & 56;
                filled &= 7;
                i = end;
            }
        }
        at = place;
        bits = gathered;
        count = filled;
        return i;
    }

    private void putMatch(int length, int distance) {
        long both = (length >>> BlockCodes.BITS_AT) | ((long) (distance >>> BlockCodes.BITS_AT) << length);
        long gathered = bits | (both << count);
        int filled = count + ((length + distance) & BlockCodes.NUMBER);
        LONGS.set(bytes, at, gathered);
        at += filled >>> 3;
        bits = gathered >>> (filled & 56);
        count = filled & 7;
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

    /** Puts other bytes, which are fewer, in place of all from an index on. */
    void replace(int from, ByteBuffer with) {
        at = from + with.remaining();
        with.get(bytes, from, with.remaining());
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
