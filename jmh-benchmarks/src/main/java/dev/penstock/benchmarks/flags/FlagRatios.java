package dev.penstock.benchmarks.flags;

import dev.penstock.benchmarks.support.Scores;
import dev.penstock.benchmarks.support.Scores.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
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
    private static final String LIBRARY = "library";

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
            Scores.read(Path.of(file)).forEach(ratios::take);
        }
        System.out.print(ratios.table());
    }

    private void take(Score score) {
        String library = score.parameters().get(LIBRARY);
        boolean isBytes = score.figure().equals(Scores.BYTES);
        if (library == null || (!isBytes && !score.figure().isEmpty())) {
            return;
        }
        StringBuilder question = new StringBuilder(score.benchmark());
        score.parameters().forEach((name, value) -> {
            if (!name.equals(LIBRARY)) {
                question.append(' ').append(name).append('=').append(value);
            }
        });
        cases.computeIfAbsent(question.toString(), any -> new HashMap<>())
                        .computeIfAbsent(LibraryName.valueOf(library), any -> new double[2])[isBytes ? 1 : 0] =
                score.value();
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
}
