package dev.penstock.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * One figure of several runs.
 *
 * @param median of all
 * @param least the smallest
 * @param most the largest
 */
record Spread(double median, double least, double most) {
    /** What was not measured. */
    static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

    static Spread of(double... values) {
        if (values.length == 0) {
            return NONE;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean isMeasured() {
        return !Double.isNaN(median);
    }

    /** Median, and smallest and largest where they differ from it as written. */
    String text(String format) {
        if (!isMeasured()) {
            return "-";
        }
        String middle = format(format, median);
        String low = format(format, least);
        String high = format(format, most);
        return low.equals(high) ? middle : middle + " (" + low + " - " + high + ")";
    }

    /** How many times the other this is. */
    String ratio(Spread base) {
        double ratio = median / base.median;
        return Double.isFinite(ratio) ? format(ratio < 10 ? "x %.2f" : "x %,.0f", ratio) : "-";
    }

    /** Each value so many times as large. */
    Spread times(double factor) {
        return new Spread(median * factor, least * factor, most * factor);
    }

    /** Each value more by so much. */
    Spread plus(double offset) {
        return new Spread(median + offset, least + offset, most + offset);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
