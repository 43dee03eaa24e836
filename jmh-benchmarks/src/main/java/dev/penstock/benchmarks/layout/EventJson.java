package dev.penstock.benchmarks.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;

/**
 * The JSON writer both consumers share, so that only the way the values arrive differs.
 * <p>
 * Text comes as the contiguous bytes of all strings of the event. One look over them (eight bytes at a time) decides
 * whether they can be copied as they stand; escapes, Latin-1 above ASCII and wide text take the slow way, byte by byte.
 * The buffer is as large as a batch of a thousand events and is begun anew when full, as a sealed batch would be.
 * <p>
 * <b>Threads:</b> only the consumer. <b>Allocation:</b> once a second for the timestamp.
 */
final class EventJson {
    private static final int CAPACITY = 400_000;
    private static final int LARGEST_EVENT = 8192;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final short[] HEX = hexPairs();
    private static final byte[] UUID = ",\"uuid\":\"".getBytes(UTF_8);
    private static final byte[] TIMESTAMP = "\",\"timestamp\":\"".getBytes(UTF_8);
    private static final byte[] PROPERTIES =
            "Z\",\"properties\":{\"$lib\":\"penstock\",\"$lib_version\":\"0.1.0\",\"$is_server\":true".getBytes(UTF_8);
    private static final byte[] TRUE = "true".getBytes(UTF_8);
    private static final byte[] FALSE = "false".getBytes(UTF_8);
    /** Four decimals are written without help; what has more goes through {@link Double#toString}. */
    private static final double DECIMALS = 10_000;

    private final byte[] out = new byte[CAPACITY];
    private final byte[] second = new byte[20];
    private long secondWritten = Long.MIN_VALUE;
    private boolean wide;
    private boolean plain;
    private int at;

    /**
     * Starts an event.
     *
     * @param text the array that holds all strings of the event, from {@code from} to {@code to}
     * @param isWide two bytes for each character instead of one
     */
    void begin(EventKey event, byte[] text, int from, int to, boolean isWide) {
        if (at > CAPACITY - LARGEST_EVENT) {
            at = 0;
        }
        wide = isWide;
        plain = !isWide && isPlain(text, from, to);
        raw(event.json());
    }

    /** UUID, timestamp and the properties every event has. */
    void stamp(long mostBits, long leastBits, long epochMillis) {
        raw(UUID);
        hex(mostBits, 56, 32);
        out[at++] = '-';
        hex(mostBits, 24, 16);
        out[at++] = '-';
        hex(mostBits, 8, 0);
        out[at++] = '-';
        hex(leastBits, 56, 48);
        out[at++] = '-';
        hex(leastBits, 40, 0);
        raw(TIMESTAMP);
        timestamp(epochMillis);
        raw(PROPERTIES);
    }

    void key(EventKey key) {
        raw(key.json());
    }

    /**
     * A quoted string.
     *
     * @param chars length in characters
     * @return the offset behind it in {@code text}
     */
    int text(byte[] text, int from, int chars) {
        out[at++] = '"';
        int end;
        if (plain) {
            System.arraycopy(text, from, out, at, chars);
            at += chars;
            end = from + chars;
        } else {
            end = escaped(text, from, chars);
        }
        out[at++] = '"';
        return end;
    }

    void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    void number(long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                raw(Long.toString(value).getBytes(UTF_8));
                return;
            }
            out[at++] = '-';
            digits(-value);
        } else {
            digits(value);
        }
    }

    void number(double value) {
        double scaledValue = value * DECIMALS;
        long scaled = Math.round(scaledValue);
        if (value < 0 || scaledValue > 1e15 || scaled / DECIMALS != value) {
            raw(Double.toString(value).getBytes(UTF_8));
            return;
        }
        digits(scaled / 10_000);
        out[at++] = '.';
        int fraction = (int) (scaled % 10_000);
        int unit = 1000;
        do {
            out[at++] = (byte) ('0' + fraction / unit);
            fraction %= unit;
            unit /= 10;
        } while (fraction != 0);
    }

    void end() {
        out[at++] = '}';
        out[at++] = '}';
    }

    /** Bytes in the open batch. */
    int size() {
        return at;
    }

    /** For the check only. */
    byte[] copyAndClear() {
        byte[] copy = Arrays.copyOf(out, at);
        at = 0;
        return copy;
    }

    private static short[] hexPairs() {
        short[] pairs = new short[256];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (Character.forDigit(i >>> 4, 16) | Character.forDigit(i & 0xF, 16) << 8);
        }
        return pairs;
    }

    private static boolean isPlain(byte[] text, int from, int to) {
        long found = 0;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            found |= special((long) LONGS.get(text, i));
        }
        long rest = ' ' * ONES;
        for (; i < to; i++) {
            rest = rest << 8 | (text[i] & 0xFF);
        }
        return ((found | special(rest)) & HIGHS) == 0;
    }

    /** Sets a high bit if a byte is a control, a quote, a backslash or above ASCII. */
    private static long special(long word) {
        long quote = word ^ '"' * ONES;
        long backslash = word ^ '\\' * ONES;
        return word | word - ' ' * ONES | quote - ONES | backslash - ONES;
    }

    private int escaped(byte[] text, int from, int chars) {
        int width = wide ? 2 : 1;
        for (int i = 0; i < chars; i++) {
            char c = charAt(text, from + i * width);
            if (c == '"' || c == '\\') {
                out[at++] = '\\';
                out[at++] = (byte) c;
            } else if (c < ' ') {
                raw(String.format("\\u%04x", (int) c).getBytes(UTF_8));
            } else if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < chars
                    && Character.isLowSurrogate(charAt(text, from + (i + 1) * width))) {
                i++;
                raw(Character.toString(Character.toCodePoint(c, charAt(text, from + i * width)))
                        .getBytes(UTF_8));
            } else {
                // A lone surrogate becomes a question mark, as String.getBytes makes it.
                raw(Character.toString(c).getBytes(UTF_8));
            }
        }
        return from + chars * width;
    }

    private char charAt(byte[] text, int offset) {
        int low = text[offset] & 0xFF;
        return (char) (wide ? low | text[offset + 1] << 8 : low);
    }

    private void raw(byte[] bytes) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        at += bytes.length;
    }

    /** Two digits for each byte of {@code bits} from {@code highShift} down to {@code lowShift}. */
    private void hex(long bits, int highShift, int lowShift) {
        int to = at;
        for (int shift = highShift; shift >= lowShift; shift -= 8) {
            SHORTS.set(out, to, HEX[(int) (bits >>> shift) & 0xFF]);
            to += 2;
        }
        at = to;
    }

    private void digits(long value) {
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at += count;
    }

    private void timestamp(long epochMillis) {
        long epochSecond = epochMillis / 1000;
        if (epochSecond != secondWritten) {
            secondWritten = epochSecond;
            byte[] text = Instant.ofEpochSecond(epochSecond).toString().getBytes(UTF_8);
            System.arraycopy(text, 0, second, 0, 19);
            second[19] = '.';
        }
        raw(second);
        int millis = (int) (epochMillis % 1000);
        out[at++] = (byte) ('0' + millis / 100);
        out[at++] = (byte) ('0' + millis / 10 % 10);
        out[at++] = (byte) ('0' + millis % 10);
    }
}
