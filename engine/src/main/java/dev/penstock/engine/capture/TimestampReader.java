package dev.penstock.engine.capture;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;

/** Reads an instant out of a property's value. */
final class TimestampReader {

    private TimestampReader() {}

    /** Null if the value is not an instant: a local date has no zone, a text no offset, a number is too large, or it throws. */
    static Instant read(Object value) {
        try {
            if (value instanceof Instant instant) {
                return instant;
            }
            if (value instanceof OffsetDateTime time) {
                return time.toInstant();
            }
            if (value instanceof ZonedDateTime time) {
                return time.toInstant();
            }
            if (value instanceof Date date) {
                return Instant.ofEpochMilli(date.getTime());
            }
            if (value instanceof Long millis) {
                return Instant.ofEpochMilli(millis);
            }
            if (value instanceof CharSequence text && text.length() <= 64) {
                return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            }
            return null;
        } catch (RuntimeException | Error unreadable) {
            return null;
        }
    }
}
