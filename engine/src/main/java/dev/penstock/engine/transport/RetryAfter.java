package dev.penstock.engine.transport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Reads the value of a {@code Retry-After} header. */
final class RetryAfter {

    /** The longest delay reported of a batch; who waits for it may have a lower bound. */
    static final long MAX_MS = 300_000;

    private static final int MAX_LENGTH = 64;

    /** The form in use and the two old ones that RFC 9110, section 5.6.7, has everyone understand. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /**
     * How long the server asks us to stay away.
     *
     * @param value the header's value, or null if there was none
     * @param clock the wall clock a date is compared with
     * @param maxMs what longer delays are cut to
     * @return milliseconds, from 0 to {@code maxMs}; 0 also for what is unreadable, negative or past
     */
    static long parseMs(String value, InstantSource clock, long maxMs) {
        if (value == null) {
            return 0;
        }
        String text = value.strip();
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return 0;
        }
        return isDigit(text.charAt(0)) ? secondsMs(text, maxMs) : dateMs(text, clock, maxMs);
    }

    private static long secondsMs(String text, long maxMs) {
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return 0;
            }
            seconds = Math.min(seconds * 10 + (c - '0'), maxMs);
        }
        return Math.min(seconds * 1_000, maxMs);
    }

    private static long dateMs(String text, InstantSource clock, long maxMs) {
        for (DateTimeFormatter form : DATES) {
            try {
                long deltaMs = form.parse(text, Instant::from).toEpochMilli() - clock.millis();
                return Math.max(0, Math.min(deltaMs, maxMs));
            } catch (DateTimeException e) {
                // Another form, or none.
            }
        }
        return 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
