package dev.penstock.cli.importer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Reads timestamps: ISO 8601 with an offset and up to nine fraction digits, or epoch milliseconds. Stateless. */
final class TimestampText {

    private TimestampText() {}

    static Instant parse(String text) throws BadLineException {
        try {
            return checked(OffsetDateTime.parse(text.strip(), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            throw new BadLineException("timestamp " + Quoted.text(text)
                    + " is not ISO 8601 with an offset, such as 2026-03-01T10:00:04.871Z");
        }
    }

    static Instant ofEpochMillis(long millis) throws BadLineException {
        return checked(Instant.ofEpochMilli(millis));
    }

    private static Instant checked(Instant instant) throws BadLineException {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        if (year < 0 || year > 9_999) {
            throw new BadLineException("timestamp is outside the years 0000 to 9999");
        }
        return instant;
    }
}
