package dev.penstock.engine.encode;

import java.nio.charset.StandardCharsets;

/** Writes UUIDs in their 8-4-4-4-12 form, a byte by one look-up of its two digits. */
final class JsonUuid {

    /** How many bytes a UUID takes, without quotes. */
    static final int BYTES = 36;

    private static final short[] PAIRS = new short[256];

    static {
        byte[] hex = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 256; i++) {
            PAIRS[i] = (short) (hex[i >> 4] | hex[i & 0xF] << 8);
        }
    }

    private JsonUuid() {}

    /** Needs {@link #BYTES} of room. */
    static void write(long high, long low, JsonOutput out) {
        byte[] target = out.bytes();
        int p = out.length();
        p = pairs(high, 56, 32, target, p);
        target[p++] = '-';
        p = pairs(high, 24, 16, target, p);
        target[p++] = '-';
        p = pairs(high, 8, 0, target, p);
        target[p++] = '-';
        p = pairs(low, 56, 48, target, p);
        target[p++] = '-';
        p = pairs(low, 40, 0, target, p);
        out.advance(p);
    }

    private static int pairs(long bits, int firstShift, int lastShift, byte[] target, int at) {
        int p = at;
        for (int shift = firstShift; shift >= lastShift; shift -= 8) {
            short pair = PAIRS[(int) (bits >>> shift) & 0xFF];
            target[p++] = (byte) pair;
            target[p++] = (byte) (pair >> 8);
        }
        return p;
    }
}
