package dev.penstock.benchmarks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what JMH wrote with {@code -rf csv}.
 * <p>
 * <b>Threads:</b> any; keeps no state.
 */
public final class Scores {
    /** The figure of {@code -prof gc} that counts. */
    public static final String BYTES = "gc.alloc.rate.norm";

    private static final String PARAMETER = "Param: ";

    private Scores() {}

    /**
     * One line.
     *
     * @param benchmark the method's name, without class and package
     * @param figure what a profiler or a percentile is called, {@link #BYTES} or {@code p0.99}; empty for the score itself
     * @param parameters name to value, of those the benchmark has, in the order of the file
     * @param value the score
     */
    public record Score(String benchmark, String figure, Map<String, String> parameters, double value) {}

    /**
     * Reads a file.
     *
     * @param file written by JMH
     * @return its lines
     */
    public static List<Score> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, UTF_8);
        List<String> heads = fields(lines.get(0));
        List<Score> scores = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            scores.add(score(heads, fields(line)));
        }
        return scores;
    }

    private static Score score(List<String> heads, List<String> fields) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            if (heads.get(i).startsWith(PARAMETER) && !fields.get(i).isEmpty()) {
                parameters.put(heads.get(i).substring(PARAMETER.length()), fields.get(i));
            }
        }
        String name = fields.get(heads.indexOf("Benchmark"));
        int colon = name.indexOf(':');
        String benchmark = colon < 0 ? name : name.substring(0, colon);
        return new Score(
                benchmark.substring(benchmark.lastIndexOf('.') + 1),
                colon < 0 ? "" : name.substring(colon + 1),
                parameters,
                Double.parseDouble(fields.get(heads.indexOf("Score"))));
    }

    /** The fields of a line; texts are quoted and hold no quotes. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
