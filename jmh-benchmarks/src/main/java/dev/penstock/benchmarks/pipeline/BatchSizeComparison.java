package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.Results;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How large should a batch be?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.BatchSizeComparison
 *      [--sizes 20,50,100,200,500,1000] [--seconds 8] [--warmup 4] [--gzip true] [--data FILE.ndjson[.gz] --times 20]
 * </pre>
 * {@link EndToEndThroughput} once for each size.
 */
public final class BatchSizeComparison {
    private BatchSizeComparison() {}

    /**
     * Runs all sizes and prints a table.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("sizes", "seconds", "warmup", "gzip", "data", "times"));
        Map<String, Results> runs = new LinkedHashMap<>();
        for (String size : options.list("sizes", "20,50,100,200,500,1000")) {
            System.out.println("batches of " + size);
            runs.put(size, EndToEndThroughput.measure(options.without("sizes").with("batch", size)));
        }
        Results.print(runs);
    }
}
