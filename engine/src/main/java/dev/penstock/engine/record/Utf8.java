package dev.penstock.engine.record;

import java.util.Arrays;

/** Encodes gathered chars as UTF-8; a lone surrogate becomes U+FFFD. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Encodes a string.
     *
     * @param text any string
     * @return its bytes
     */
    public static byte[] encode(String text) {
        char[] chars = text.toCharArray();
        byte[] bytes = new byte[3 * chars.length];
        return Arrays.copyOf(bytes, encode(chars, 0, chars.length, bytes, 0));
    }

    /**
     * Encodes chars.
     *
     * @param text the chars
     * @param from index of the first
     * @param to index after the last
     * @param out where the bytes go; has room for three a char
     * @param at index of the first byte
     * @return index after the last byte
     */
    static int encode(char[] text, int from, int to, byte[] out, int at) {
        int p = at;
        int i = from;
        while (i < to) {
            char c = text[i++];
            if (c < 0x80) {
                out[p++] = (byte) c;
            } else if (c < 0x800) {
                out[p++] = (byte) (0xC0 | (c >> 6));
                out[p++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i < to && Character.isLowSurrogate(text[i])) {
                int point = Character.toCodePoint(c, text[i++]);
                out[p++] = (byte) (0xF0 | (point >> 18));
                out[p++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                out[p++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[p++] = (byte) (0x80 | (point & 0x3F));
            } else {
                int unit = Character.isSurrogate(c) ? 0xFFFD : c;
                out[p++] = (byte) (0xE0 | (unit >> 12));
                out[p++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
                out[p++] = (byte) (0x80 | (unit & 0x3F));
            }
        }
        return p;
    }
}
