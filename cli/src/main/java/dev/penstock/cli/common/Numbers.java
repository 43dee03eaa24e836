package dev.penstock.cli.common;

import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
public final class Numbers {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    private Numbers() {}

    /**
     * A count with thousands separators.
     *
     * @param value any number
     * @return such as {@code 27,367}
     */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /**
     * A count with thousands separators, aligned to the right.
     *
     * @param value any number
     * @param width at least this many characters
     * @return such as {@code "  27,367"}
     */
    public static String count(long value, int width) {
        return String.format(Locale.ROOT, "%," + width + "d", value);
    }

    /**
     * How many a second.
     *
     * @param count how many
     * @param nanos in which time
     * @return the rounded rate; 0 when no time has passed
     */
    public static long perSecond(long count, long nanos) {
        return nanos <= 0 ? 0 : Math.round(count * (double) S / nanos);
    }

    /**
     * A short time in the unit that suits it.
     *
     * @param nanos nanoseconds, 0 or more
     * @return such as {@code 310 ns}, {@code 24.1 us}, {@code 3.20 ms}
     */
    public static String time(long nanos) {
        if (nanos < US) {
            return nanos + " ns";
        }
        if (nanos < MS) {
            return scaled(nanos, US) + " us";
        }
        return nanos < S ? scaled(nanos, MS) + " ms" : scaled(nanos, S) + " s";
    }

    /**
     * Minutes and seconds, or hours too.
     *
     * @param nanos nanoseconds, 0 or more
     * @return such as {@code 0:07} or {@code 1:02:33}
     */
    public static String clock(long nanos) {
        long seconds = Math.max(0, nanos / S);
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /**
     * A share in percent.
     *
     * @param part the part
     * @param whole the whole
     * @return such as {@code 18.8%}; {@code 0.0%} of nothing
     */
    public static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f%%", whole == 0 ? 0.0 : 100.0 * part / whole);
    }

    /**
     * Bytes in the unit that suits them.
     *
     * @param bytes 0 or more
     * @return such as {@code 812 B}, {@code 14.2 MB}
     */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        if (bytes < 1_000_000) {
            return scaled(bytes, 1_000) + " kB";
        }
        return bytes < 1_000_000_000 ? scaled(bytes, 1_000_000) + " MB" : scaled(bytes, 1_000_000_000) + " GB";
    }

    private static String scaled(long value, long unit) {
        double number = (double) value / unit;
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f", number);
    }
}
