package dev.penstock.engine.transport;

import java.time.Instant;
import java.time.InstantSource;

/** Reads the value of a {@code Retry-After} header. */
final class RetryAfter {

    /** The longest delay reported of a batch; who waits for it may have a lower bound. */
    static final long MAX_MS = 300_000;

    private static final int MAX_LENGTH = 64;

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
        Instant date = HttpDate.parse(text);
        return date == null ? 0 : Math.max(0, Math.min(date.toEpochMilli() - clock.millis(), maxMs));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
