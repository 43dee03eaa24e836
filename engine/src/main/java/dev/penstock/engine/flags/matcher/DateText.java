package dev.penstock.engine.flags.matcher;

/**
 * Instants out of texts: {@code 2026-01-31}, or that with {@code T} or a space and {@code 09:30}, {@code 09:30:01} or
 * {@code 09:30:01.25}, then perhaps {@code Z}, {@code +05:30} or {@code +0530}. Without a zone it is UTC.
 *
 * <p>Read in place, without an object. Spaces may stand around the text and one before the zone.
 */
final class DateText {

    /** Told from every instant by being far outside the years read here. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int DATE_LENGTH = 10;
    private static final int MINUTE_LENGTH = 16;
    private static final int SECOND_LENGTH = 19;
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int DAY_SECONDS = 86_400;

    private DateText() {}

    /** Seconds since 1970, or {@link #INVALID} if the text is anything else or lies outside years 1 to 9999 of UTC. */
    static long epochSecond(String text) {
        int start = start(text);
        int end = end(text, start);
        long day = epochDay(text, start, end);
        if (day == INVALID || end == start + DATE_LENGTH) {
            return day == INVALID ? INVALID : day * DAY_SECONDS;
        }
        int secondOfDay = secondOfDay(text, start, end);
        long offset = secondOfDay < 0 ? INVALID : offset(text, zoneStart(text, start, end), end);
        return offset == INVALID ? INVALID : withinYears(day * DAY_SECONDS + secondOfDay - offset);
    }

    /** Nanoseconds within the second of a text that {@link #epochSecond} could read; further digits are dropped. */
    static int nanos(String text) {
        int dot = start(text) + SECOND_LENGTH;
        int end = end(text, dot);
        if (dot >= end || text.charAt(dot) != '.') {
            return 0;
        }
        int nanos = 0;
        int read = dot + 1;
        for (int digits = 0; digits < MAX_FRACTION_DIGITS; digits++) {
            boolean more = read < end && isDigit(text.charAt(read));
            nanos = nanos * 10 + (more ? text.charAt(read++) - '0' : 0);
        }
        return nanos;
    }

    static long withinYears(long epochSecond) {
        long year = CivilDate.year(Math.floorDiv(epochSecond, (long) DAY_SECONDS));
        return year >= 1 && year <= CivilDate.MAX_YEAR ? epochSecond : INVALID;
    }

    private static int start(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return start;
    }

    private static int end(String text, int start) {
        int end = text.length();
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }

    private static long epochDay(String text, int start, int end) {
        if (end - start < DATE_LENGTH || text.charAt(start + 4) != '-' || text.charAt(start + 7) != '-') {
            return INVALID;
        }
        int century = twoDigits(text, start, end);
        int yearOfCentury = twoDigits(text, start + 2, end);
        int month = twoDigits(text, start + 5, end);
        int day = twoDigits(text, start + 8, end);
        int year = century * 100 + yearOfCentury;
        boolean real = century >= 0
                && yearOfCentury >= 0
                && year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= CivilDate.daysIn(year, month);
        return real ? CivilDate.epochDay(year, month, day) : INVALID;
    }

    /** -1 if there is no time of day after the date. */
    private static int secondOfDay(String text, int start, int end) {
        char separator = text.charAt(start + DATE_LENGTH);
        if ((separator != 'T' && separator != ' ') || end - start < MINUTE_LENGTH || text.charAt(start + 13) != ':') {
            return -1;
        }
        int hour = twoDigits(text, start + 11, end);
        int minute = twoDigits(text, start + 14, end);
        int second = hasSeconds(text, start, end) ? twoDigits(text, start + 17, end) : 0;
        boolean real = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        return real ? hour * 3_600 + minute * 60 + second : -1;
    }

    private static boolean hasSeconds(String text, int start, int end) {
        return start + MINUTE_LENGTH < end && text.charAt(start + MINUTE_LENGTH) == ':';
    }

    /** The index after the time of day. A point without a digit after it stays where no zone can begin. */
    private static int zoneStart(String text, int start, int end) {
        int zone = start + (hasSeconds(text, start, end) ? SECOND_LENGTH : MINUTE_LENGTH);
        if (hasSeconds(text, start, end)
                && zone + 1 < end
                && text.charAt(zone) == '.'
                && isDigit(text.charAt(zone + 1))) {
            zone++;
            while (zone < end && isDigit(text.charAt(zone))) {
                zone++;
            }
        }
        return zone;
    }

    /** Seconds east of UTC; none if the text ends here. */
    private static long offset(String text, int from, int end) {
        if (from == end) {
            return 0;
        }
        int zone = text.charAt(from) == ' ' ? from + 1 : from;
        char first = text.charAt(zone);
        if (first == 'Z') {
            return zone + 1 == end ? 0 : INVALID;
        }
        boolean colon = end - zone == 6 && text.charAt(zone + 3) == ':';
        if ((first != '+' && first != '-') || (!colon && end - zone != 5)) {
            return INVALID;
        }
        int hours = twoDigits(text, zone + 1, end);
        int minutes = twoDigits(text, end - 2, end);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        long seconds = hours * 3_600L + minutes * 60L;
        return first == '-' ? -seconds : seconds;
    }

    /** -1 if there are no two digits before the end. */
    private static int twoDigits(String text, int from, int end) {
        if (from + 2 > end || !isDigit(text.charAt(from)) || !isDigit(text.charAt(from + 1))) {
            return -1;
        }
        return (text.charAt(from) - '0') * 10 + text.charAt(from + 1) - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
