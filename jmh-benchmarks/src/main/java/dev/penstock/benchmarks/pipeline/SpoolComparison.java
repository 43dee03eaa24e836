package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.Results;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What does a spool cost?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.SpoolComparison
 *      [--rounds 3] [--seconds 8] [--warmup 4] [--gzip true] [--producers 1]
 * </pre>
 * {@link EndToEndThroughput} without a spool, with one that nothing goes to, and with one that every batch is written to
 * first, forced never, by interval and by batch. In turns, so that a machine that gets slower does so for all of them.
 */
public final class SpoolComparison {
    private SpoolComparison() {}

    /**
     * Runs all rounds and prints a table.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("rounds", "seconds", "warmup", "gzip", "producers"));
        Map<String, Results> runs = new LinkedHashMap<>();
        int rounds = options.number("rounds", 3);
        for (int round = 1; round <= rounds; round++) {
            run(runs, options, round, "OFF", "NONE");
            run(runs, options, round, "ON_OUTAGE", "INTERVAL");
            run(runs, options, round, "ALWAYS", "NONE");
            run(runs, options, round, "ALWAYS", "INTERVAL");
            run(runs, options, round, "ALWAYS", "BATCH");
        }
        Results.print(runs);
    }

    private static void run(Map<String, Results> runs, Options options, int round, String mode, String sync)
            throws IOException, InterruptedException {
        String name = mode + (mode.equals("ALWAYS") ? " " + sync : "") + " " + round;
        System.out.println(name);
        runs.put(
                name,
                EndToEndThroughput.measure(
                        options.without("rounds").with("spool", mode).with("sync", sync)));
    }
}
