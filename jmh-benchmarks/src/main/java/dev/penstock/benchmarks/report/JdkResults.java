package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.peers.Contender;
import dev.penstock.benchmarks.support.Figures;
import dev.penstock.benchmarks.support.Scores;
import dev.penstock.benchmarks.support.Scores.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What was measured on one JDK: a folder with a file for each process, {@code NAME.CONTENDER.RUN.txt} and {@code
 * NAME.RUN.txt} with figures and {@code NAME.RUN.csv} by JMH.
 * <p>
 * <b>Threads:</b> any, once made.
 */
final class JdkResults {
    private final Path folder;
    private final Map<String, List<Figures>> figures = new HashMap<>();
    private final Map<String, List<Score>> scores = new HashMap<>();

    JdkResults(Path folder) throws IOException {
        this.folder = folder;
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.sorted().toList();
        }
        for (Path file : files) {
            String[] parts = file.getFileName().toString().split("\\.", -1);
            if (parts[parts.length - 1].equals("csv")) {
                scores.computeIfAbsent(parts[0], any -> new ArrayList<>()).addAll(Scores.read(file));
            } else if (parts.length > 2 && parts[parts.length - 1].equals("txt")) {
                String key = parts.length == 4 ? parts[0] + "." + parts[1] : parts[0];
                figures.computeIfAbsent(key, any -> new ArrayList<>()).add(Figures.read(file));
            }
        }
    }

    /** The folder's name. */
    String name() {
        return folder.getFileName().toString();
    }

    /** What {@code java -version} says. */
    List<String> version() throws IOException {
        return Files.readAllLines(folder.resolve("java.version"));
    }

    /** A figure of a contender. */
    Spread of(String run, Contender contender, String figure) {
        return of(run + "." + contender.name().toLowerCase(Locale.ROOT), figure);
    }

    /** A figure of a run without contenders. */
    Spread of(String run, String figure) {
        return spread(figures.getOrDefault(run, List.of()).stream(), figure);
    }

    /** A figure of every process of a run, whoever the contender. */
    Spread ofAll(String run, String figure) {
        return spread(
                figures.entrySet().stream()
                        .filter(entry ->
                                entry.getKey().equals(run) || entry.getKey().startsWith(run + "."))
                        .flatMap(entry -> entry.getValue().stream()),
                figure);
    }

    private static Spread spread(Stream<Figures> processes, String figure) {
        return Spread.of(processes
                .map(one -> one.get(figure))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray());
    }

    /**
     * A score of JMH.
     *
     * @param parameters those that matter, each {@code name=value}
     */
    Spread score(String run, String benchmark, String figure, String... parameters) {
        List<String> wanted = List.of(parameters);
        return Spread.of(scores.getOrDefault(run, List.of()).stream()
                .filter(score ->
                        score.benchmark().equals(benchmark) && score.figure().equals(figure))
                .filter(score -> score.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .toList()
                        .containsAll(wanted))
                .mapToDouble(Score::value)
                .toArray());
    }
}
