package dev.penstock.cli.flags;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Reads the clock to evaluate with: ISO 8601 with an offset, or a date, which means its midnight in UTC. Stateless. */
final class ClockText {
    private static final int DATE_LENGTH = 10;

    private ClockText() {}

    static Instant parse(String text) {
        String bare = text.strip();
        try {
            return bare.length() == DATE_LENGTH
                    ? LocalDate.parse(bare).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(bare, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "is neither a date nor ISO 8601 with an offset, such as 2026-03-01T10:00:04Z", e);
        }
    }
}
