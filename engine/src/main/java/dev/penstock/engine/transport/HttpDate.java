package dev.penstock.engine.transport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Reads a date as headers have it. */
final class HttpDate {

    private static final int MAX_LENGTH = 64;

    /** The form in use and the two old ones that RFC 9110, section 5.6.7, has everyone understand. */
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private HttpDate() {}

    /**
     * Reads a date.
     *
     * @param value the header's value, or null if there was none
     * @return the instant, to the second; null if there is none or it is unreadable
     */
    static Instant parse(String value) {
        if (value == null || value.length() > MAX_LENGTH) {
            return null;
        }
        String text = value.strip();
        for (DateTimeFormatter form : FORMS) {
            try {
                return form.parse(text, Instant::from);
            } catch (DateTimeException e) {
                // Another form, or none.
            }
        }
        return null;
    }
}
