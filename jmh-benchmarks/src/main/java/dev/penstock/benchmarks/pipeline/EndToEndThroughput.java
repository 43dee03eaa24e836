package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.ChildJvm;
import dev.penstock.benchmarks.support.CollectorProcess;
import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.benchmarks.support.Results;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many events a second are delivered, and what does each cost in CPU, heap and bytes on the wire?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.EndToEndThroughput
 *      [--seconds 10] [--warmup 4] [--batch 100] [--producers 1] [--gzip true] [--lanes 1] [--system true] [--strings TOUCHED]
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
            "system");

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

    /** A moment of the run. */
    private record Mark(long ns, long delivered, long cpuNs, long heapBytes, CollectorProcess.Count collector) {
        static Mark now(CaptureClient client, CollectorProcess collector) throws IOException {
            ClientStats stats = client.stats();
            return new Mark(
                    System.nanoTime(), stats.delivered(), Cpu.processNs(), Cpu.allocatedBytes(), collector.count());
        }
    }

    private static Results run(Options options) throws IOException, InterruptedException {
        try (CollectorProcess collector = new CollectorProcess()) {
            CaptureClient client = CaptureClients.create(ClientConfig.builder("phc_benchmark")
                    .host(collector.host())
                    .maxBatchEvents(options.number("batch", ClientConfig.DEFAULT_MAX_BATCH_EVENTS))
                    .compression(Boolean.parseBoolean(options.text("gzip", "true")))
                    .lanes(options.number("lanes", 1))
                    .systemProperties(Boolean.parseBoolean(options.text("system", "true")))
                    .build());
            List<Producer> producers = producers(options, client);
            Mark began = Mark.now(client, collector);
            producers.forEach(Thread::start);
            Mark ended;
            if (options.has("data")) {
                for (Producer producer : producers) {
                    producer.awaitEnd();
                }
                client.flush(Duration.ofSeconds(30));
                ended = Mark.now(client, collector);
            } else {
                Thread.sleep(1_000L * options.number("warmup", 4));
                began = Mark.now(client, collector);
                Thread.sleep(1_000L * options.number("seconds", 10));
                ended = Mark.now(client, collector);
                producers.forEach(Producer::finish);
                for (Producer producer : producers) {
                    producer.awaitEnd();
                }
            }
            CloseReport report = client.close(Duration.ofSeconds(60));
            CollectorProcess.Count all = collector.count();
            check(report, all);
            return results(
                    began,
                    ended,
                    all,
                    producers.stream().mapToLong(Producer::refusals).sum(),
                    report.stats());
        }
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

    private static Results results(
            Mark began, Mark ended, CollectorProcess.Count all, long refusals, ClientStats stats) {
        double events = ended.delivered() - began.delivered();
        double elapsed = ended.ns() - began.ns();
        double collectorCpu = ended.collector().cpuNs() - began.collector().cpuNs();
        Results results = new Results();
        results.add("delivered, events/s", "%,.0f", events / elapsed * 1e9);
        results.add("client CPU, s/million", "%.2f", (ended.cpuNs() - began.cpuNs()) / events / 1e3);
        results.add("client CPU, cores", "%.2f", (ended.cpuNs() - began.cpuNs()) / elapsed);
        results.add("collector CPU, s/million", "%.2f", collectorCpu / events / 1e3);
        results.add("client heap, B/event", "%.1f", (ended.heapBytes() - began.heapBytes()) / events);
        results.add("wire, B/event", "%.1f", (double) all.wireBytes() / all.events());
        results.add("JSON, B/event", "%.1f", (double) all.plainBytes() / all.events());
        results.add("events/request", "%.1f", (double) all.events() / all.requests());
        results.add("ring full, times", "%,d", refusals);
        results.add("retries", "%,d", stats.delivery().retries());
        results.add("events delivered and distinct", "%,d", all.distinct());
        return results;
    }
}
