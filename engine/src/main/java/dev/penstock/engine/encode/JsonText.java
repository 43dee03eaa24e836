package dev.penstock.engine.encode;

import static dev.penstock.engine.encode.JsonOutput.LONGS;

import dev.penstock.engine.record.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Writes the text of a record as JSON text.
 *
 * <p>Why it is shaped so: almost all text is ASCII without anything to escape. Eight bytes at a time are tested for the
 * four exceptions (non-ASCII, control, quote, backslash) with three additions and a mask, and stored as they are.
 * Guarded by {@code EncodeBenchmark}.
 */
final class JsonText {

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long CONTROL_LIMIT = 0x20 * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** The most bytes of JSON that one byte of text can become. */
    private static final int WORST = 6;

    /** Texts longer than this are measured before room is made for them. */
    private static final int MEASURE_OVER = 4_096;

    private JsonText() {}

    /**
     * Writes ISO-8859-1 text, escaped.
     *
     * @param text holds the text
     * @param from index of its first byte
     * @param chars how many chars, and bytes
     * @param out where it goes
     */
    static void writeLatin1(byte[] text, int from, int chars, JsonOutput out) {
        int to = from + chars;
        out.ensure(chars <= MEASURE_OVER ? WORST * chars + 8 : measure(text, from, to, false) + 8);
        byte[] target = out.bytes();
        int p = out.length();
        int i = from;
        while (i < to) {
            while (i + 8 <= to) {
                long word = (long) LONGS.get(text, i);
                if (needsCare(word)) {
                    break;
                }
                LONGS.set(target, p, word);
                i += 8;
                p += 8;
            }
            int stop = Math.min(i + 8, to);
            while (i < stop) {
                int b = text[i++];
                if (b < 0) {
                    target[p++] = (byte) (0xC0 | ((b & 0xFF) >> 6));
                    target[p++] = (byte) (0x80 | (b & 0x3F));
                } else {
                    p = ascii(b, target, p);
                }
            }
        }
        out.advance(p);
    }

    /**
     * Writes UTF-8 text, escaped.
     *
     * @param text holds the text
     * @param from index of its first byte
     * @param chars how many UTF-16 chars it stands for
     * @param out where it goes
     * @return index after its last byte
     */
    static int writeUtf8(byte[] text, int from, int chars, JsonOutput out) {
        int to = skipUtf8(text, from, chars);
        int length = to - from;
        out.ensure(length <= MEASURE_OVER ? WORST * length + 8 : measure(text, from, to, true) + 8);
        byte[] target = out.bytes();
        int p = out.length();
        for (int i = from; i < to; i++) {
            int b = text[i];
            if (b < 0) {
                target[p++] = (byte) b;
            } else {
                p = ascii(b, target, p);
            }
        }
        out.advance(p);
        return to;
    }

    /** The {@link String#hashCode()} of a number of UTF-16 chars. */
    static int hashUtf8(byte[] text, int from, int chars) {
        int hash = 0;
        int i = from;
        int left = chars;
        while (left > 0) {
            int b = text[i++];
            if (b >= 0) {
                hash = 31 * hash + b;
                left--;
            } else if ((b & 0xE0) == 0xC0) {
                hash = 31 * hash + (((b & 0x1F) << 6) | (text[i++] & 0x3F));
                left--;
            } else if ((b & 0xF0) == 0xE0) {
                hash = 31 * hash + (((b & 0xF) << 12) | ((text[i++] & 0x3F) << 6) | (text[i++] & 0x3F));
                left--;
            } else {
                int point =
                        ((b & 7) << 18) | ((text[i++] & 0x3F) << 12) | ((text[i++] & 0x3F) << 6) | (text[i++] & 0x3F);
                hash = 31 * (31 * hash + Character.highSurrogate(point)) + Character.lowSurrogate(point);
                left -= 2;
            }
        }
        return hash;
    }

    /** Where a number of UTF-16 chars ends: a sequence of four bytes stands for two of them. */
    static int skipUtf8(byte[] text, int from, int chars) {
        int i = from;
        int left = chars;
        while (left > 0) {
            int b = text[i];
            if (b >= 0) {
                i++;
                left--;
            } else if ((b & 0xE0) == 0xC0) {
                i += 2;
                left--;
            } else if ((b & 0xF0) == 0xE0) {
                i += 3;
                left--;
            } else {
                i += 4;
                left -= 2;
            }
        }
        return i;
    }

    /** A string literal, quotes included. */
    static byte[] quoted(String text) {
        byte[] utf8 = Utf8.encode(text);
        JsonOutput out = new JsonOutput(utf8.length + 16);
        out.ensure(1);
        out.put('"');
        writeUtf8(utf8, 0, new String(utf8, StandardCharsets.UTF_8).length(), out);
        out.ensure(1);
        out.put('"');
        return java.util.Arrays.copyOf(out.bytes(), out.length());
    }

    private static boolean needsCare(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        long found =
                word | ((word - CONTROL_LIMIT) & ~word) | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash);
        return (found & HIGH_BITS) != 0;
    }

    private static int ascii(int b, byte[] target, int at) {
        int p = at;
        if (b >= ' ' && b != '"' && b != '\\') {
            target[p++] = (byte) b;
            return p;
        }
        target[p++] = '\\';
        switch (b) {
            case '"', '\\' -> target[p++] = (byte) b;
            case '\n' -> target[p++] = 'n';
            case '\r' -> target[p++] = 'r';
            case '\t' -> target[p++] = 't';
            case '\b' -> target[p++] = 'b';
            case '\f' -> target[p++] = 'f';
            default -> {
                target[p++] = 'u';
                target[p++] = '0';
                target[p++] = '0';
                target[p++] = HEX[b >> 4];
                target[p++] = HEX[b & 0xF];
            }
        }
        return p;
    }

    private static int measure(byte[] text, int from, int to, boolean utf8) {
        int length = 0;
        for (int i = from; i < to; i++) {
            int b = text[i];
            if (b < 0) {
                length += utf8 ? 1 : 2;
            } else if (b < ' ') {
                length += WORST;
            } else {
                length += b == '"' || b == '\\' ? 2 : 1;
            }
        }
        return length;
    }
}
