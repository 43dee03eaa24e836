package dev.penstock.collector;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The one timestamp shape allowed on the wire: {@code YYYY-MM-DDTHH:MM:SS[.fraction](Z|+00:00)}. */
final class UtcTimestamp {
    static final String FAULT = "is not a UTC timestamp of the form YYYY-MM-DDTHH:MM:SS[.fraction]Z";

    private static final int SECONDS_LENGTH = "YYYY-MM-DDTHH:MM:SS".length();
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private UtcTimestamp() {}

    static boolean isValid(String text) {
        return isValid(text.toCharArray(), 0, text.length());
    }

    static boolean isValid(char[] text, int offset, int length) {
        int zone = zoneAt(text, offset, length);
        return zone >= 0 && isUtc(text, zone, offset + length) && isTime(text, offset);
    }

    /** Whether date and time of day, whose marks have been checked, are ones there are. */
    static boolean isTime(char[] text, int offset) {
        int year = number(text, offset, 4);
        int month = number(text, offset + 5, 2);
        int day = number(text, offset + 8, 2);
        int hour = number(text, offset + 11, 2);
        int minute = number(text, offset + 14, 2);
        int second = number(text, offset + 17, 2);
        if ((year | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return false;
        }
        if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]) {
            return false;
        }
        return month != 2 || day != 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    }

    /** Index of the zone, or -1 when marks or fraction are wrong; the zone and the other digits are left to the caller. */
    static int zoneAt(char[] text, int offset, int length) {
        int end = offset + length;
        int at = offset + SECONDS_LENGTH;
        if (at >= end) {
            return -1;
        }
        if (text[offset + 4] != '-'
                || text[offset + 7] != '-'
                || text[offset + 10] != 'T'
                || text[offset + 13] != ':'
                || text[offset + 16] != ':') {
            return -1;
        }
        if (text[at] == '.') {
            int digits = ++at;
            while (at < end && text[at] >= '0' && text[at] <= '9') {
                at++;
            }
            if (at == digits || at == end) {
                return -1;
            }
        }
        return at;
    }

    private static boolean isUtc(char[] text, int at, int end) {
        boolean zulu = text[at] == 'Z' && at + 1 == end;
        boolean zero = at + 6 == end
                && text[at] == '+'
                && text[at + 1] == '0'
                && text[at + 2] == '0'
                && text[at + 3] == ':'
                && text[at + 4] == '0'
                && text[at + 5] == '0';
        return zulu || zero;
    }

    /** The number in some digits, or -1 when one is none. */
    static int number(char[] text, int from, int digits) {
        int value = 0;
        int faults = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            faults |= digit | (9 - digit);
            value = value * 10 + digit;
        }
        return faults < 0 ? -1 : value;
    }

    /** The instant of a valid text; digits beyond nanoseconds are cut. */
    static Instant toInstant(String text) {
        LocalDateTime seconds = LocalDateTime.parse(text.substring(0, SECONDS_LENGTH));
        int nanos = 0;
        int scale = 100_000_000;
        if (text.charAt(SECONDS_LENGTH) == '.') {
            for (int i = SECONDS_LENGTH + 1; Character.isDigit(text.charAt(i)) && scale > 0; i++, scale /= 10) {
                nanos += (text.charAt(i) - '0') * scale;
            }
        }
        return seconds.toInstant(ZoneOffset.UTC).plusNanos(nanos);
    }
}
