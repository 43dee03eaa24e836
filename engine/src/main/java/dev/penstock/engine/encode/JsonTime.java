package dev.penstock.engine.encode;

import java.nio.charset.StandardCharsets;

/**
 * Writes instants as {@code 2026-11-21T09:30:01.25Z}: UTC, as many digits of fraction as the instant has.
 *
 * <p>The text down to the minute is kept from the last time, since neighbouring events share it.
 *
 * <p><b>Threads:</b> one. <b>Source:</b> the date arithmetic is that of a proleptic Gregorian calendar with years
 * beginning in March, so that the leap day is the last one.
 */
final class JsonTime {

    /** The most bytes an instant takes, without quotes. */
    static final int MAX_BYTES = 30;

    private static final byte[] MINUTE_TEMPLATE = "0000-00-00T00:00:".getBytes(StandardCharsets.US_ASCII);

    private final byte[] minuteText = MINUTE_TEMPLATE.clone();
    private long minute = Long.MIN_VALUE;

    /** Needs {@link #MAX_BYTES} of room; the year is from 0 to 9999. */
    void write(long epochSecond, int nanos, JsonOutput out) {
        long epochMinute = Math.floorDiv(epochSecond, 60L);
        if (epochMinute != minute) {
            setMinute(epochMinute);
        }
        out.put(minuteText);
        twoDigits((int) (epochSecond - epochMinute * 60), out);
        if (nanos != 0) {
            out.put('.');
            int fraction = nanos;
            int digits = 9;
            while (fraction % 10 == 0) {
                fraction /= 10;
                digits--;
            }
            byte[] target = out.bytes();
            int end = out.length() + digits;
            for (int p = end - 1; p >= out.length(); p--) {
                target[p] = (byte) ('0' + fraction % 10);
                fraction /= 10;
            }
            out.advance(end);
        }
        out.put('Z');
    }

    private void setMinute(long epochMinute) {
        minute = epochMinute;
        long day = Math.floorDiv(epochMinute, 1_440L);
        int minuteOfDay = (int) (epochMinute - day * 1_440);
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (era * 400 + yearOfEra + (month <= 2 ? 1 : 0));
        digits(year, 0, 4);
        digits(month, 5, 2);
        digits(dayOfMonth, 8, 2);
        digits(minuteOfDay / 60, 11, 2);
        digits(minuteOfDay % 60, 14, 2);
    }

    private void digits(int value, int at, int count) {
        int rest = value;
        for (int p = at + count - 1; p >= at; p--) {
            minuteText[p] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static void twoDigits(int value, JsonOutput out) {
        out.put('0' + value / 10);
        out.put('0' + value % 10);
    }
}
