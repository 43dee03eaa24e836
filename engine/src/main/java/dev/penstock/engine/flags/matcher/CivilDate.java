package dev.penstock.engine.flags.matcher;

/**
 * Dates of the proleptic Gregorian calendar as days since 1970-01-01, without objects.
 *
 * <p><b>Source:</b> the arithmetic counts years from March, so that the leap day is the last one.
 */
final class CivilDate {

    static final int MAX_YEAR = 9999;

    private static final long DAYS_BEFORE_EPOCH = 719_468;
    private static final long DAYS_PER_ERA = 146_097;

    private CivilDate() {}

    static long epochDay(long year, int month, int day) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400L);
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_EPOCH;
    }

    static long year(long epochDay) {
        long shifted = epochDay + DAYS_BEFORE_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        long yearOfEra = yearOfEra(shifted - era * DAYS_PER_ERA);
        return era * 400 + yearOfEra + (month(epochDay) <= 2 ? 1 : 0);
    }

    static int month(long epochDay) {
        int marchMonth = marchMonth(dayOfMarchYear(epochDay));
        return marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    }

    static int day(long epochDay) {
        int dayOfYear = dayOfMarchYear(epochDay);
        return dayOfYear - (153 * marchMonth(dayOfYear) + 2) / 5 + 1;
    }

    private static int dayOfMarchYear(long epochDay) {
        long dayOfEra = Math.floorMod(epochDay + DAYS_BEFORE_EPOCH, DAYS_PER_ERA);
        long yearOfEra = yearOfEra(dayOfEra);
        return (int) (dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
    }

    private static long yearOfEra(long dayOfEra) {
        return (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    }

    private static int marchMonth(int dayOfMarchYear) {
        return (5 * dayOfMarchYear + 2) / 153;
    }

    static int daysIn(long year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isLeap(long year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
