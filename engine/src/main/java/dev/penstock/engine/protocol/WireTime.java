package dev.penstock.engine.protocol;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes the times of envelopes and headers in a fixed width, unlike {@link java.time.Instant#toString()}.
 *
 * <p>Without a formatter, which would be a fourteenth of what a request in batches of 100 allocates.
 */
final class WireTime {

    private static final byte[] TEMPLATE = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** 0000-01-01T00:00:00.000Z. */
    private static final long FIRST_MILLIS = -62_167_219_200_000L;

    /** 9999-12-31T23:59:59.999Z. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private WireTime() {}

    /** There is room for the years from 0 to 9999; what is beyond them becomes their first or last moment. */
    static String format(long epochMillis) {
        long writable = Math.max(FIRST_MILLIS, Math.min(LAST_MILLIS, epochMillis));
        int millis = Math.floorMod(writable, 1_000);
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(Math.floorDiv(writable, 1_000), millis * NANOS_PER_MILLI, ZoneOffset.UTC);
        byte[] text = TEMPLATE.clone();
        digits(text, 0, 4, time.getYear());
        digits(text, 5, 2, time.getMonthValue());
        digits(text, 8, 2, time.getDayOfMonth());
        digits(text, 11, 2, time.getHour());
        digits(text, 14, 2, time.getMinute());
        digits(text, 17, 2, time.getSecond());
        digits(text, 20, 3, millis);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void digits(byte[] text, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
