package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.ChildJvm;
import dev.penstock.benchmarks.support.CollectorProcess;
import dev.penstock.benchmarks.support.DeliveryMark;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.Producer;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.benchmarks.support.Results;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import dev.penstock.client.SpoolSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many events a second are delivered, and what does each cost in CPU, heap and bytes on the wire?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.EndToEndThroughput
 *      [--seconds 10] [--warmup 4] [--batch 100] [--producers 1] [--gzip true] [--lanes 1] [--system true] [--strings TOUCHED]
 *      [--spool OFF [--sync INTERVAL]]
 *      [--data FILE.ndjson[.gz] [--times 1]]
 * </pre>
 * Producers capture reference events as fast as the ring takes them and park when it is full, so the pipeline, and on a
 * small machine the collector, sets the pace. The client runs in a JVM of its own (see {@link ChildJvm#MEASURED_HEAP}),
 * the collector, which parses and checks every event, in another. Rates and costs are of the window after the warm-up;
 * the client's CPU and heap contain the producers. At the end everything accepted must be delivered, and the
 * collector must have seen as many different events; otherwise the run fails.
 * <p>
 * With {@code --data} the events of a file are sent, {@code --times} over, read beforehand; rates then are of the whole
 * run without warm-up, and the bytes on the wire for each event are the point.
 */
public final class EndToEndThroughput {
    static final Set<String> OPTIONS = Set.of(
            "seconds",
            "warmup",
            "batch",
            "producers",
            "gzip",
            "lanes",
            "strings",
            "data",
            "times",
            "measured",
            "system",
            "spool",
            "sync");

    private EndToEndThroughput() {}

    /**
     * Runs once and prints the figures.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, OPTIONS);
        if (options.has("measured")) {
            run(options).write();
        } else {
            Results.print(Map.of(options.has("data") ? "file" : "reference", measure(options)));
        }
    }

    /** Runs once in a JVM of its own. */
    static Results measure(Options options) throws IOException, InterruptedException {
        return ChildJvm.measure(EndToEndThroughput.class, options.with("measured", true));
    }

    private static Results run(Options options) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("penstock-benchmark-spool");
        try (CollectorProcess collector = new CollectorProcess()) {
            CaptureClient client = CaptureClients.create(ClientConfig.builder("phc_benchmark")
                    .host(collector.host())
                    .maxBatchEvents(options.number("batch", ClientConfig.DEFAULT_MAX_BATCH_EVENTS))
                    .compression(Boolean.parseBoolean(options.text("gzip", "true")))
                    .lanes(options.number("lanes", 1))
                    .systemProperties(Boolean.parseBoolean(options.text("system", "true")))
                    .spool(spool(options, directory))
                    .build());
            List<Producer> producers = producers(options, client);
            DeliveryMark began = mark(client, collector);
            producers.forEach(Thread::start);
            DeliveryMark ended;
            if (options.has("data")) {
                for (Producer producer : producers) {
                    producer.awaitEnd();
                }
                client.flush(Duration.ofSeconds(30));
                ended = mark(client, collector);
            } else {
                Thread.sleep(1_000L * options.number("warmup", 4));
                began = mark(client, collector);
                Thread.sleep(1_000L * options.number("seconds", 10));
                ended = mark(client, collector);
                producers.forEach(Producer::finish);
                for (Producer producer : producers) {
                    producer.awaitEnd();
                }
            }
            awaitEmptySpool(client);
            CloseReport report = client.close(Duration.ofSeconds(60));
            CollectorProcess.Count all = collector.count();
            check(report, all);
            Results results = began.until(ended, all, "event");
            results.add(
                    "ring full, times",
                    "%,d",
                    producers.stream().mapToLong(Producer::refusals).sum());
            results.add("events stored", "%,d", report.stats().spool().storedEvents());
            results.add("retries", "%,d", report.stats().delivery().retries());
            results.add("events delivered and distinct", "%,d", all.distinct());
            return results;
        } finally {
            delete(directory);
        }
    }

    private static SpoolSettings spool(Options options, Path directory) {
        return SpoolSettings.builder(directory)
                .mode(SpoolMode.valueOf(options.text("spool", "OFF")))
                .sync(SpoolSync.valueOf(options.text("sync", "INTERVAL")))
                .build();
    }

    /** A close would leave on disk what stands there. */
    private static void awaitEmptySpool(CaptureClient client) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (client.stats().pending().inSpool() > 0 && System.nanoTime() - deadline < 0) {
            client.flush(Duration.ofSeconds(1));
            Thread.sleep(10);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static DeliveryMark mark(CaptureClient client, CollectorProcess collector) throws IOException {
        return DeliveryMark.now(client.stats().delivered(), collector);
    }

    private static List<Producer> producers(Options options, CaptureClient client) throws IOException {
        List<Producer> producers = new ArrayList<>();
        if (options.has("data")) {
            List<DataSource.Event> events = DataSource.read(Path.of(options.text("data", "")));
            producers.add(new Producer(new DataSource(client, events, options.number("times", 1)), 0));
            return producers;
        }
        ReferenceEvents.Strings strings = ReferenceEvents.Strings.valueOf(options.text("strings", "TOUCHED"));
        for (int i = 0; i < options.number("producers", 1); i++) {
            producers.add(new Producer(new ReferenceSource(client, strings, i), i));
        }
        return producers;
    }

    private static void check(CloseReport report, CollectorProcess.Count collector) {
        ClientStats stats = report.stats();
        if (!report.drained()
                || !stats.isBalanced()
                || stats.accepted() != stats.delivered()
                || stats.delivered() != collector.distinct()
                || collector.events() != collector.distinct()
                || collector.invalid() != 0) {
            throw new IllegalStateException(
                    "the account does not balance: " + stats.summary() + "; the collector has " + collector);
        }
    }
}
