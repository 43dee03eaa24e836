package dev.penstock.benchmarks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * Named numbers of one measured process, written with all their digits where a report finds them.
 * <p>
 * <b>Threads:</b> one.
 */
public final class Figures {
    /** The percentiles that are written, 100 being the longest. */
    public static final List<Double> PERCENTILES = List.of(
            1.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 97.5, 99.0, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99, 100.0);

    private static final String MARK = "figure ";

    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Makes an empty set. */
    public Figures() {}

    /**
     * Adds a number.
     *
     * @param name what it is; no equals sign in it
     * @param value the number
     */
    public void add(String name, double value) {
        values.put(name, value);
    }

    /**
     * Adds mean and percentiles.
     *
     * @param name in front of theirs
     * @param histogram nanoseconds
     */
    public void add(String name, Histogram histogram) {
        add(name + " mean", histogram.getMean());
        for (double percentile : PERCENTILES) {
            add(name + " p" + percentile, (double) histogram.getValueAtPercentile(percentile));
        }
    }

    /**
     * A number.
     *
     * @param name what it is
     * @return empty if it was not measured
     */
    public OptionalDouble get(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Writes all to the output of this process. */
    public void write() {
        values.forEach((name, value) -> System.out.println(MARK + name + "=" + value));
        System.out.flush();
    }

    /**
     * Reads what a process wrote.
     *
     * @param file its output
     * @return the numbers in it
     */
    public static Figures read(Path file) throws IOException {
        Figures figures = new Figures();
        for (String line : Files.readAllLines(file, UTF_8)) {
            int equals = line.lastIndexOf('=');
            if (line.startsWith(MARK) && equals > 0) {
                figures.add(line.substring(MARK.length(), equals), Double.parseDouble(line.substring(equals + 1)));
            }
        }
        return figures;
    }
}
