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
        StringBuilder table = new StringBuilder(System.lineSeparator()).append(pad("", -first));
        runs.forEach((column, run) -> table.append("  ").append(pad(column, run.width(column))));
        table.append(System.lineSeparator());
        for (String name : names) {
            table.append(pad(name, -first));
            runs.forEach((column, run) ->
                    table.append("  ").append(pad(run.values.getOrDefault(name, "-"), run.width(column))));
            table.append(System.lineSeparator());
        }
        System.out.println(table);
    }

    /**
     * Prints runs side by side, each figure with how many times that of the first run it is.
     *
     * @param runs column heading to figures
     */
    public static void printRatios(Map<String, Results> runs) {
        Map<String, Results> compared = new LinkedHashMap<>();
        Results first = runs.values().iterator().next();
        runs.forEach((column, run) -> {
            Results cells = new Results();
            run.values.forEach((name, value) -> cells.values.put(
                    name,
                    run == first || !first.values.containsKey(name) ? value : beside(value, first.values.get(name))));
            compared.put(column, cells);
        });
        print(compared);
    }

    private static String beside(String value, String base) {
        double ratio = number(value) / number(base);
        return Double.isFinite(ratio)
                ? String.format(Locale.ROOT, ratio < 10 ? "%s (x %.2f)" : "%s (x %,.0f)", value, ratio)
                : value;
    }

    private static double number(String value) {
        return Double.parseDouble(value.replace(",", ""));
    }

    private int width(String heading) {
        int widest = values.values().stream().mapToInt(String::length).max().orElse(0);
        return Math.max(13, Math.max(heading.length(), widest));
    }

    private static String pad(String text, int width) {
        return width == 0 ? text : String.format("%" + width + "s", text);
    }
}
