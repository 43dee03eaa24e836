package dev.penstock.benchmarks.latency;

import dev.penstock.benchmarks.support.CaptureApi;
import dev.penstock.benchmarks.support.ChildJvm;
import dev.penstock.benchmarks.support.CollectorProcess;
import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceCapture.Way;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.benchmarks.support.Results;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.CloseReport;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long does a capture take at 20,000 and 50,000 events a second, while they are delivered?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.latency.PacedCaptureLatency
 *      [--rates 50000,20000] [--ways BUILDER,TRANSLATOR,MAP] [--strings TOUCHED] [--seconds 10] [--warmup 6]
 * </pre>
 * Each way at each rate runs in a JVM of its own (see {@link ChildJvm#MEASURED_HEAP}), with a client as shipped that
 * delivers to a collector in a third one. One producer spins to each due time and captures one event that was made
 * before. "service" is the time of the call; "response" the time from when the call was due, so a call that was late
 * because the one before was slow, or because the thread was not running, counts with its delay. Both contain a clock read
 * (about 25 ns on the machine this was written on); {@code draw} captures nothing and shows it.
 * <p>
 * "producer B/event" is what the producer's thread allocates, without what making the events takes; the map is part of it
 * for MAP. The producer occupies one core: with two in all, pipeline, I/O and collector share the other.
 */
public final class PacedCaptureLatency {
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String DRAW = "DRAW";

    private final ReferenceCapture capture;
    private final ReferenceEvents events;
    private final Way way;
    private final long intervalNs;
    private long refused;

    private PacedCaptureLatency(CaptureClient client, Options options) {
        this.capture = new ReferenceCapture(CaptureApi.of(client));
        this.events = new ReferenceEvents(ReferenceEvents.Strings.valueOf(options.text("strings", "TOUCHED")), 1);
        String name = options.text("way", DRAW);
        this.way = name.equals(DRAW) ? null : Way.valueOf(name);
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / options.number("rate", 50_000);
    }

    /**
     * Runs all and prints a table for each rate.
     *
     * @param args see above; {@code --way} and {@code --rate} run one in this JVM
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("rates", "ways", "strings", "seconds", "warmup", "way", "rate"));
        if (options.has("way")) {
            run(options);
            return;
        }
        for (String rate : options.list("rates", "50000,20000")) {
            System.out.printf("%n%s events/s, %s strings%n", rate, options.text("strings", "TOUCHED"));
            Map<String, Results> runs = new LinkedHashMap<>();
            for (String name : options.list("ways", "DRAW,BUILDER,TRANSLATOR,MAP")) {
                runs.put(
                        name,
                        ChildJvm.measure(
                                PacedCaptureLatency.class,
                                options.with("way", name).with("rate", rate)));
            }
            Results.print(runs);
        }
    }

    private static void run(Options options) throws IOException {
        try (CollectorProcess collector = new CollectorProcess()) {
            CaptureClient client = CaptureClients.create(
                    ClientConfig.builder("phc_benchmark").host(collector.host()).build());
            PacedCaptureLatency run = new PacedCaptureLatency(client, options);
            Results results = run.measure(options.number("seconds", 10), options.number("warmup", 6));
            CloseReport report = client.close(Duration.ofSeconds(10));
            if (!report.drained()
                    || collector.count().distinct() != report.stats().accepted()) {
                throw new IllegalStateException(
                        "not everything arrived: " + report.stats().summary() + "; " + collector.count());
            }
            results.write();
        }
    }

    private Results measure(int seconds, int warmup) {
        produce(TimeUnit.SECONDS.toNanos(warmup), newHistogram(), newHistogram());
        double drawBytes = drawBytes();
        System.gc();
        refused = 0;
        Histogram service = newHistogram();
        Histogram response = newHistogram();
        long processCpu = Cpu.processNs();
        long engineCpu = Cpu.clientNs();
        long bytes = Cpu.ownAllocatedBytes();
        long began = System.nanoTime();
        long calls = produce(TimeUnit.SECONDS.toNanos(seconds), service, response);
        double elapsed = System.nanoTime() - began;
        bytes = Cpu.ownAllocatedBytes() - bytes;
        engineCpu = Cpu.clientNs() - engineCpu;
        processCpu = Cpu.processNs() - processCpu;
        Results results = new Results();
        results.add("service", service);
        results.add("response", response);
        results.add("producer B/event", "%.1f", Math.max(0, bytes - drawBytes * calls) / calls);
        results.add("refused", "%,d", refused);
        results.add("engine threads, % of a core", "%.1f", 100 * engineCpu / elapsed);
        results.add("process, % of a core", "%.1f", 100 * processCpu / elapsed);
        return results;
    }

    private static Histogram newHistogram() {
        return new Histogram(1, LONGEST_NS, 3);
    }

    private double drawBytes() {
        int count = 10_000;
        long before = Cpu.ownAllocatedBytes();
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += events.next().distinctId().length();
        }
        long bytes = Cpu.ownAllocatedBytes() - before;
        if (length == 0) {
            throw new IllegalStateException("no events");
        }
        return (double) bytes / count;
    }

    private long produce(long durationNs, Histogram service, Histogram response) {
        long due = System.nanoTime();
        long end = due + durationNs;
        long calls = 0;
        while (due < end) {
            ReferenceEvent event = events.next();
            long start = System.nanoTime();
            while (start < due) {
                Thread.onSpinWait();
                start = System.nanoTime();
            }
            if (way != null && capture.capture(way, event) != CaptureResult.ACCEPTED) {
                refused++;
            }
            long done = System.nanoTime();
            service.recordValue(Math.min(LONGEST_NS, done - start));
            response.recordValue(Math.min(LONGEST_NS, done - due));
            due += intervalNs;
            calls++;
        }
        return calls;
    }
}
