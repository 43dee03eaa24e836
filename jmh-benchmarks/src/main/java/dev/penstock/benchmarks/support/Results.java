package dev.penstock.benchmarks.support;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Named figures of one run; several runs make a table.
 * <p>
 * <b>Threads:</b> one.
 */
public final class Results {
    private static final String MARK = "result ";

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Makes an empty set of figures. */
    public Results() {}

    /**
     * Adds a figure.
     *
     * @param name what it is, with its unit
     * @param format as of {@link String#format}
     * @param value the figure
     */
    public void add(String name, String format, Object value) {
        values.put(name, String.format(Locale.ROOT, format, value));
    }

    /**
     * Adds mean and percentiles.
     *
     * @param prefix in front of their names
     * @param histogram nanoseconds
     */
    public void add(String prefix, Histogram histogram) {
        add(prefix + " mean, ns", "%,.0f", histogram.getMean());
        add(prefix + " p50, ns", "%,d", histogram.getValueAtPercentile(50));
        add(prefix + " p99, ns", "%,d", histogram.getValueAtPercentile(99));
        add(prefix + " p99.9, ns", "%,d", histogram.getValueAtPercentile(99.9));
        add(prefix + " p99.99, ns", "%,d", histogram.getValueAtPercentile(99.99));
        add(prefix + " max, ns", "%,d", histogram.getMaxValue());
    }

    /** Writes the figures where {@link #read} finds them. */
    public void write() {
        values.forEach((name, value) -> System.out.println(MARK + name + "=" + value));
        System.out.flush();
    }

    /** Takes the figure from a line that {@link #write} wrote; answers false for any other line. */
    boolean read(String line) {
        int equals = line.indexOf('=');
        if (!line.startsWith(MARK) || equals < 0) {
            return false;
        }
        values.put(line.substring(MARK.length(), equals), line.substring(equals + 1));
        return true;
    }

    /**
     * Prints runs side by side.
     *
     * @param runs column heading to figures
     */
    public static void print(Map<String, Results> runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.values().forEach(run -> names.addAll(run.values.keySet()));
        int first = names.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder(System.lineSeparator());
        row(table, first, "", runs.keySet());
        for (String name : names) {
            Set<String> columns = runs.keySet();
            table.append(pad(name, -first));
            for (String column : columns) {
                table.append("  ").append(pad(runs.get(column).values.getOrDefault(name, "-"), width(column)));
            }
            table.append(System.lineSeparator());
        }
        System.out.println(table);
    }

    private static void row(StringBuilder table, int first, String name, Set<String> cells) {
        table.append(pad(name, -first));
        cells.forEach(cell -> table.append("  ").append(pad(cell, width(cell))));
        table.append(System.lineSeparator());
    }

    private static int width(String heading) {
        return Math.max(13, heading.length());
    }

    private static String pad(String text, int width) {
        return width == 0 ? text : String.format("%" + width + "s", text);
    }
}
