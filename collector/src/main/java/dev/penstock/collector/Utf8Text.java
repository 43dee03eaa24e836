package dev.penstock.collector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds text a strict host refuses and a lenient JSON parser lets pass: malformed UTF-8 and escapes of lone surrogates.
 * <p>
 * Takes eight bytes at a time while they are ASCII without a backslash, which is nearly always.
 */
final class Utf8Text {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long BACKSLASHES = ONES * '\\';

    private Utf8Text() {}

    /** Offset of the first fault, or -1. */
    static int fault(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (at + 8 <= length) {
                long word = (long) LONGS.get(bytes, at);
                long match = word ^ BACKSLASHES;
                long special = (word | ((match - ONES) & ~match)) & HIGHS;
                if (special == 0) {
                    at += 8;
                    continue;
                }
                at += Long.numberOfTrailingZeros(special) >> 3;
            }
            int size = bytes[at] == '\\' ? escapeSize(bytes, at, length) : characterSize(bytes, at, length);
            if (size == 0) {
                return at;
            }
            at += size;
        }
        return -1;
    }

    private static int characterSize(byte[] bytes, int at, int length) {
        int lead = bytes[at] & 0xff;
        if (lead < 0x80) {
            return 1;
        }
        int size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || at + size > length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        // Ranges of the second byte that exclude overlong forms, surrogates and what lies beyond U+10FFFF.
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    private static int escapeSize(byte[] bytes, int at, int length) {
        int unit = escapedUnit(bytes, at, length);
        if (unit < 0) {
            return 2;
        }
        if (!Character.isSurrogate((char) unit)) {
            return 6;
        }
        int next = escapedUnit(bytes, at + 6, length);
        boolean pair = Character.isHighSurrogate((char) unit) && next >= 0 && Character.isLowSurrogate((char) next);
        return pair ? 12 : 0;
    }

    /** The code unit escaped at this place, or -1 when there is no such escape. */
    private static int escapedUnit(byte[] bytes, int at, int length) {
        if (at + 6 > length || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
