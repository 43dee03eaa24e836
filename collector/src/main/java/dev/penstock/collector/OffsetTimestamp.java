package dev.penstock.collector;

import java.time.Instant;

/** The timestamp of the Segment route, in any zone: {@code YYYY-MM-DDTHH:MM:SS[.fraction](Z|+HH:MM|-HH:MM)}. */
final class OffsetTimestamp {
    static final String FAULT =
            "is not a timestamp of the form YYYY-MM-DDTHH:MM:SS[.fraction] with Z, +HH:MM or -HH:MM at its end";

    private static final int OFFSET_LENGTH = "+HH:MM".length();

    private OffsetTimestamp() {}

    static boolean isValid(char[] text, int offset, int length) {
        int zone = UtcTimestamp.zoneAt(text, offset, length);
        return zone >= 0 && isZone(text, zone, offset + length) && UtcTimestamp.isTime(text, offset);
    }

    private static boolean isZone(char[] text, int at, int end) {
        if (text[at] == 'Z') {
            return at + 1 == end;
        }
        if (at + OFFSET_LENGTH != end || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return false;
        }
        int hours = UtcTimestamp.number(text, at + 1, 2);
        int minutes = UtcTimestamp.number(text, at + 4, 2);
        return (hours | minutes) >= 0 && hours <= 23 && minutes <= 59;
    }

    /** The instant of a valid text; digits beyond nanoseconds are cut. */
    static Instant toInstant(String text) {
        Instant local = UtcTimestamp.toInstant(text);
        if (text.endsWith("Z")) {
            return local;
        }
        int at = text.length() - OFFSET_LENGTH;
        int seconds = Integer.parseInt(text.substring(at + 1, at + 3)) * 3_600
                + Integer.parseInt(text.substring(at + 4)) * 60;
        return text.charAt(at) == '+' ? local.minusSeconds(seconds) : local.plusSeconds(seconds);
    }
}
