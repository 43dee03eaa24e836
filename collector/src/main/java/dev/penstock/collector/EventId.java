package dev.penstock.collector;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The id of one event, read from a parser's characters and kept as two halves.
 * <p>
 * Runs under load: a UUID makes no objects; only a text that is none does. One thread at a time.
 */
final class EventId {
    private static final int LENGTH = 36;
    private static final byte[] HEX = hexDigits();

    private long high;
    private long low;

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Reads a UUID in 8-4-4-4-12 form, in letters of either case; false when the text is none. */
    boolean parse(char[] text, int offset, int length) {
        if (length != LENGTH
                || text[offset + 8] != '-'
                || text[offset + 13] != '-'
                || text[offset + 18] != '-'
                || text[offset + 23] != '-') {
            return false;
        }
        long timeLow = hex(text, offset, 8);
        long timeMid = hex(text, offset + 9, 4);
        long timeHigh = hex(text, offset + 14, 4);
        long sequence = hex(text, offset + 19, 4);
        long node = hex(text, offset + 24, 12);
        high = timeLow << 32 | timeMid << 16 | timeHigh;
        low = sequence << 48 | node;
        return (timeLow | timeMid | timeHigh | sequence | node) >= 0;
    }

    /** Reads any text: a UUID as it is written by rule, in small letters, is itself, and another text has one by its name. */
    void parseOrName(char[] text, int offset, int length) {
        if (hasCapital(text, offset, length) || !parse(text, offset, length)) {
            String name = new String(text, offset, length);
            UUID named = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
            high = named.getMostSignificantBits();
            low = named.getLeastSignificantBits();
        }
    }

    /** The UUID that {@link #parseOrName} finds in a text. */
    static UUID of(String text) {
        EventId id = new EventId();
        id.parseOrName(text.toCharArray(), 0, text.length());
        return new UUID(id.high, id.low);
    }

    private static boolean hasCapital(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (text[i] >= 'A' && text[i] <= 'F') {
                return true;
            }
        }
        return false;
    }

    private static long hex(char[] text, int from, int count) {
        long value = 0;
        int digits = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text[i] < HEX.length ? HEX[text[i]] : -1;
            value = value << 4 | digit;
            digits |= digit;
        }
        return digits < 0 ? -1 : value;
    }

    private static byte[] hexDigits() {
        byte[] digits = new byte[128];
        for (int c = 0; c < digits.length; c++) {
            digits[c] = (byte) Character.digit(c, 16);
        }
        return digits;
    }
}
