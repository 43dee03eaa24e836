package dev.penstock.benchmarks.flags;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sets the libraries side by side: reads what JMH wrote of benchmarks with a parameter {@code library} and prints for
 * each case the time and bytes of an operation, and how many times ours the others are.
 * <p>
 * <pre>
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.flags.FlagRatios FILE.csv...
 * </pre>
 */
public final class FlagRatios {
    private static final String BYTES = ":gc.alloc.rate.norm";
    private static final String LIBRARY = "Param: library";

    private final Map<String, Map<LibraryName, double[]>> cases = new TreeMap<>();

    private FlagRatios() {}

    /**
     * Prints the table.
     *
     * @param args files that JMH wrote with {@code -rf csv -prof gc}
     */
    public static void main(String[] args) throws IOException {
        FlagRatios ratios = new FlagRatios();
        for (String file : args) {
            ratios.read(Path.of(file));
        }
        System.out.print(ratios.table());
    }

    private void read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, UTF_8);
        List<String> heads = fields(lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            Map<String, String> row = new HashMap<>();
            List<String> fields = fields(line);
            for (int i = 0; i < heads.size(); i++) {
                row.put(heads.get(i), fields.get(i));
            }
            take(row, heads);
        }
    }

    private void take(Map<String, String> row, List<String> heads) {
        String benchmark = row.get("Benchmark");
        boolean isBytes = benchmark.endsWith(BYTES);
        if (!row.containsKey(LIBRARY) || row.get(LIBRARY).isEmpty() || (!isBytes && benchmark.contains(":"))) {
            return;
        }
        String name = isBytes ? benchmark.substring(0, benchmark.length() - BYTES.length()) : benchmark;
        StringBuilder question = new StringBuilder(name.substring(name.lastIndexOf('.') + 1));
        for (String head : heads) {
            if (head.startsWith("Param: ")
                    && !head.equals(LIBRARY)
                    && !row.get(head).isEmpty()) {
                question.append(' ')
                        .append(head.substring("Param: ".length()))
                        .append('=')
                        .append(row.get(head));
            }
        }
        cases.computeIfAbsent(question.toString(), any -> new HashMap<>())
                        .computeIfAbsent(LibraryName.valueOf(row.get(LIBRARY)), any -> new double[2])[isBytes ? 1 : 0] =
                Double.parseDouble(row.get("Score"));
    }

    private String table() {
        StringBuilder table = new StringBuilder(String.format("%n%-34s", "ns/op and B/op"));
        for (LibraryName library : LibraryName.values()) {
            table.append(String.format("  %36s", library));
        }
        table.append(System.lineSeparator());
        cases.forEach((question, scores) -> {
            table.append(String.format("%-34s", question));
            for (LibraryName library : LibraryName.values()) {
                table.append(String.format("  %36s", cell(scores.get(library), scores.get(LibraryName.PENSTOCK))));
            }
            table.append(System.lineSeparator());
        });
        return table.toString();
    }

    private static String cell(double[] scores, double[] ours) {
        if (scores == null) {
            return "-";
        }
        String times =
                ours == null || scores == ours ? "" : String.format(Locale.ROOT, " (x %.1f)", scores[0] / ours[0]);
        return String.format(Locale.ROOT, "%,.0f ns%s  %,.0f B", scores[0], times, scores[1]);
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
