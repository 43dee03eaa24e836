package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.CaptureApi;
import dev.penstock.benchmarks.support.ChildJvm;
import dev.penstock.benchmarks.support.CollectorProcess;
import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.benchmarks.support.Results;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What does a client cost that has nothing, or next to nothing, to do?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.IdleCost
 *      [--seconds 10] [--rates 0,100]
 * </pre>
 * A client as shipped, in a JVM of its own, delivering to a collector in another. "client's threads" are its
 * pipeline and I/O; the process has the producer, the JVM's own threads and the reading of the CPU times besides.
 */
public final class IdleCost {
    private static final int WARMUP_SECONDS = 3;

    private IdleCost() {}

    /**
     * Runs each rate and prints a table.
     *
     * @param args see above; {@code --rate} runs one in this JVM
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("seconds", "rates", "rate"));
        if (options.has("rate")) {
            run(options.number("rate", 0), options.number("seconds", 10));
            return;
        }
        Map<String, Results> runs = new LinkedHashMap<>();
        for (String rate : options.list("rates", "0,100")) {
            runs.put(rate + " events/s", ChildJvm.measure(IdleCost.class, options.with("rate", rate)));
        }
        Results.print(runs);
    }

    private static void run(int rate, int seconds) throws IOException {
        try (CollectorProcess collector = new CollectorProcess()) {
            CaptureClient client = CaptureClients.create(
                    ClientConfig.builder("phc_benchmark").host(collector.host()).build());
            ReferenceCapture capture = new ReferenceCapture(CaptureApi.of(client));
            ReferenceEvents events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, 1);
            produce(capture, events, rate, WARMUP_SECONDS);
            long threads = Cpu.clientNs();
            long pipeline = Cpu.pipelineNs();
            long process = Cpu.processNs();
            long began = System.nanoTime();
            produce(capture, events, rate, seconds);
            double elapsed = System.nanoTime() - began;
            process = Cpu.processNs() - process;
            pipeline = Cpu.pipelineNs() - pipeline;
            threads = Cpu.clientNs() - threads;
            client.close(Duration.ofSeconds(5));
            Results results = new Results();
            results.add("client's threads, % of a core", "%.2f", 100 * threads / elapsed);
            results.add("... of these the pipeline", "%.2f", 100 * pipeline / elapsed);
            results.add("process, % of a core", "%.2f", 100 * process / elapsed);
            results.write();
        }
    }

    private static void produce(ReferenceCapture capture, ReferenceEvents events, int rate, int seconds) {
        long interval = TimeUnit.SECONDS.toNanos(1) / Math.max(1, rate);
        long due = System.nanoTime();
        long end = due + TimeUnit.SECONDS.toNanos(seconds);
        while (due < end) {
            if (rate > 0 && capture.builder(events.next()) != CaptureResult.ACCEPTED) {
                throw new IllegalStateException("a capture was refused");
            }
            due += interval;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
