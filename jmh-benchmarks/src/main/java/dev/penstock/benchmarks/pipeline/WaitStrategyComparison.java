package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.ChildJvm;
import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.DiscardingTransport;
import dev.penstock.benchmarks.support.LiveEngine;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.benchmarks.support.Results;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * How should the pipeline wait for work: what does each way cost the producer, and what CPU?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.pipeline.WaitStrategyComparison
 *      [--strategies shipped,park50us,park200us,park1ms,yield,spin] [--rate 50000] [--seconds 6] [--warmup 3] [--gzip true]
 * </pre>
 * Each strategy in a JVM of its own (see {@link ChildJvm#MEASURED_HEAP}), with the engine's own pipeline and a transport
 * that discards. Three phases of equal length: idle; one producer at a steady rate from due times it spins to; and full
 * speed, where it captures 16,384 events without a rest and then waits until the ring is a quarter full or less, so that
 * the ring always has room. Capture times are of every call, a clock read included. Behind the decision on how the
 * pipeline waits.
 */
public final class WaitStrategyComparison {
    private static final int BURST = 16_384;
    private static final int ROOM_AT = ClientConfig.DEFAULT_RING_SLOTS / 4;
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);

    private final LiveEngine engine;
    private final ReferenceCapture capture;
    private final ReferenceEvents events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, 1);
    private long refused;

    private WaitStrategyComparison(LiveEngine engine) {
        this.engine = engine;
        this.capture = new ReferenceCapture(engine);
    }

    /**
     * Runs all strategies and prints a table.
     *
     * @param args see above; {@code --strategy} runs one in this JVM
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("strategies", "rate", "seconds", "warmup", "gzip", "strategy"));
        if (options.has("strategy")) {
            run(options);
            return;
        }
        Map<String, Results> runs = new LinkedHashMap<>();
        for (String name : options.list("strategies", "shipped,park50us,park200us,park1ms,yield,spin")) {
            System.out.println(name);
            runs.put(name, ChildJvm.measure(WaitStrategyComparison.class, options.with("strategy", name)));
        }
        Results.print(runs);
    }

    private static IdleStrategy strategy(String name) {
        return switch (name) {
            case "shipped" -> LiveEngine.shippedIdleStrategy();
            case "park50us" -> new SleepingIdleStrategy(50_000);
            case "park200us" -> new SleepingIdleStrategy(200_000);
            case "park1ms" -> new SleepingIdleStrategy(1_000_000);
            case "yield" -> new YieldingIdleStrategy();
            case "spin" -> new BusySpinIdleStrategy();
            default -> throw new IllegalArgumentException("no strategy " + name);
        };
    }

    private static void run(Options options) throws InterruptedException {
        LiveEngine engine = new LiveEngine(
                new DiscardingTransport(),
                Boolean.parseBoolean(options.text("gzip", "true")),
                ClientConfig.DEFAULT_MAX_BATCH_EVENTS,
                strategy(options.text("strategy", "")));
        WaitStrategyComparison run = new WaitStrategyComparison(engine);
        long phase = TimeUnit.SECONDS.toNanos(options.number("seconds", 6));
        long interval = TimeUnit.SECONDS.toNanos(1) / options.number("rate", 50_000);
        run.paced(TimeUnit.SECONDS.toNanos(options.number("warmup", 3)), interval, newHistogram());
        run.fullSpeed(TimeUnit.SECONDS.toNanos(options.number("warmup", 3)), newHistogram());
        System.gc();

        Results results = new Results();
        run.awaitRoom(0);
        long cpu = Cpu.threadNs(engine.pipelineThread());
        Thread.sleep(TimeUnit.NANOSECONDS.toMillis(phase));
        results.add("idle: pipeline, % of a core", "%.1f", run.percent(cpu, phase));

        Histogram paced = newHistogram();
        cpu = Cpu.threadNs(engine.pipelineThread());
        run.paced(phase, interval, paced);
        results.add("paced: pipeline, % of a core", "%.1f", run.percent(cpu, phase));
        results.add("paced: capture", paced);

        Histogram full = newHistogram();
        long delivered = engine.delivered();
        long began = System.nanoTime();
        cpu = Cpu.threadNs(engine.pipelineThread());
        run.fullSpeed(phase, full);
        long elapsed = System.nanoTime() - began;
        results.add("full: pipeline, % of a core", "%.1f", run.percent(cpu, elapsed));
        results.add("full: events/s through the pipeline", "%,.0f", (engine.delivered() - delivered) * 1e9 / elapsed);
        results.add("full: capture", full);
        results.add("refused", "%,d", run.refused);
        engine.close();
        if (engine.delivered() != engine.count(CaptureResult.ACCEPTED)) {
            throw new IllegalStateException("not everything accepted was delivered");
        }
        results.write();
    }

    private static Histogram newHistogram() {
        return new Histogram(1, LONGEST_NS, 3);
    }

    private double percent(long cpuBefore, long elapsed) {
        return 100.0 * (Cpu.threadNs(engine.pipelineThread()) - cpuBefore) / elapsed;
    }

    private void paced(long durationNs, long intervalNs, Histogram histogram) {
        long due = System.nanoTime();
        long end = due + durationNs;
        while (due < end) {
            ReferenceEvent event = events.next();
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            timed(event, histogram);
            due += intervalNs;
        }
    }

    private void fullSpeed(long durationNs, Histogram histogram) {
        long end = System.nanoTime() + durationNs;
        while (System.nanoTime() < end) {
            awaitRoom(ROOM_AT);
            for (int i = 0; i < BURST; i++) {
                timed(events.next(), histogram);
            }
        }
    }

    private void timed(ReferenceEvent event, Histogram histogram) {
        long before = System.nanoTime();
        if (capture.builder(event) != CaptureResult.ACCEPTED) {
            refused++;
        }
        histogram.recordValue(Math.min(LONGEST_NS, System.nanoTime() - before));
    }

    private void awaitRoom(long occupied) {
        while (engine.occupied() > occupied) {
            LockSupport.parkNanos(200_000);
        }
    }
}
