package dev.penstock.engine.flags.matcher;

/**
 * A time before now: so many hours, days or weeks of fixed length, or calendar months or years of UTC.
 *
 * <p>Months go back one at a time and a day that the month lacks becomes its last one for good. Years keep the date, but
 * for 29 February, which becomes the 28th.
 */
record RelativeDate(int count, char unit) {

    private static final int MAX_COUNT = 9_999;
    private static final long HOUR_SECONDS = 3_600;
    private static final long DAY_SECONDS = 86_400;
    private static final long WEEK_SECONDS = 7 * DAY_SECONDS;
    private static final int MONTHS = 12;

    /** No month is shorter, so a day up to here never changes. */
    private static final int SAFE_DAY = 28;

    /**
     * Reads {@code 7d} or {@code -7d}, which mean the same.
     *
     * @return null if the text is anything else
     */
    static RelativeDate parse(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        int last = text.length() - 1;
        if (last <= first || "hdwmy".indexOf(text.charAt(last)) < 0) {
            return null;
        }
        int count = 0;
        for (int i = first; i < last; i++) {
            char c = text.charAt(i);
            count = count * 10 + (c - '0');
            if (c < '0' || c > '9' || count > MAX_COUNT) {
                return null;
            }
        }
        return new RelativeDate(count, text.charAt(last));
    }

    /** Seconds since 1970, or {@link DateText#INVALID} outside years 1 to 9999. Fractions of a second stay as they are. */
    long epochSecond(long nowMs) {
        long now = Math.floorDiv(nowMs, 1_000L);
        return DateText.withinYears(
                switch (unit) {
                    case 'h' -> now - count * HOUR_SECONDS;
                    case 'd' -> now - count * DAY_SECONDS;
                    case 'w' -> now - count * WEEK_SECONDS;
                    case 'm' -> atDay(now, monthsBefore(Math.floorDiv(now, DAY_SECONDS)));
                    default -> atDay(now, yearsBefore(Math.floorDiv(now, DAY_SECONDS)));
                });
    }

    private static long atDay(long epochSecond, long epochDay) {
        return epochDay * DAY_SECONDS + Math.floorMod(epochSecond, DAY_SECONDS);
    }

    private long monthsBefore(long epochDay) {
        long month = CivilDate.year(epochDay) * MONTHS + CivilDate.month(epochDay) - 1;
        int day = CivilDate.day(epochDay);
        int left = count;
        while (left > 0 && day > SAFE_DAY) {
            left--;
            month--;
            day = Math.min(day, CivilDate.daysIn(Math.floorDiv(month, (long) MONTHS), monthOfYear(month)));
        }
        month -= left;
        return CivilDate.epochDay(Math.floorDiv(month, (long) MONTHS), monthOfYear(month), day);
    }

    private static int monthOfYear(long month) {
        return (int) Math.floorMod(month, (long) MONTHS) + 1;
    }

    private long yearsBefore(long epochDay) {
        int month = CivilDate.month(epochDay);
        int day = CivilDate.day(epochDay);
        boolean leapDay = month == 2 && day > SAFE_DAY && count > 0;
        return CivilDate.epochDay(CivilDate.year(epochDay) - count, month, leapDay ? SAFE_DAY : day);
    }

    @Override
    public String toString() {
        String noun = switch (unit) {
            case 'h' -> "hour";
            case 'd' -> "day";
            case 'w' -> "week";
            case 'm' -> "month";
            default -> "year";
        };
        return count + " " + noun + (count == 1 ? "" : "s") + " ago";
    }
}
