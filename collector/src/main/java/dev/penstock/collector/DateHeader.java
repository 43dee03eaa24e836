package dev.penstock.collector;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time of an answer, as its header says it. Written anew once a second, since writing it takes longer than the rest of the
 * header.
 * <p>
 * Any thread.
 */
final class DateHeader {
    static final String NAME = "Date";

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Second(long epochSecond, String text) {}

    private final Clock clock;
    private volatile Second latest = new Second(Long.MIN_VALUE, "");

    DateHeader(Clock clock) {
        this.clock = clock;
    }

    /** The value now. */
    String value() {
        long now = Math.floorDiv(clock.millis(), 1_000L);
        Second current = latest;
        if (current.epochSecond != now) {
            current = new Second(now, FORM.format(Instant.ofEpochSecond(now)));
            latest = current;
        }
        return current.text;
    }
}
