package dev.penstock.engine.encode;

import java.nio.charset.StandardCharsets;

/**
 * The text of a record, read in the order it was written in.
 *
 * <p><b>Threads:</b> one.
 */
final class RecordText {

    private byte[] record;
    private boolean wide;
    private int at;

    /** Begins to read at a place of a record. */
    void begin(byte[] bytes, boolean isWide, int from) {
        record = bytes;
        wide = isWide;
        at = from;
    }

    /** Writes the next text, escaped; makes room for that alone. */
    void write(int chars, JsonOutput out) {
        if (wide) {
            at = JsonText.writeUtf8(record, at, chars, out);
        } else {
            JsonText.writeLatin1(record, at, chars, out);
            at += chars;
        }
    }

    void skip(int chars) {
        at = wide ? JsonText.skipUtf8(record, at, chars) : at + chars;
    }

    String read(int chars) {
        int from = at;
        skip(chars);
        return new String(record, from, at - from, wide ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }
}
