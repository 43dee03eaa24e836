package dev.penstock.benchmarks.flags;

import dev.penstock.benchmarks.support.ChildJvm;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.Results;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.engine.flags.definitions.DefinitionsParser;
import dev.penstock.engine.flags.evaluation.SnapshotCompiler;
import dev.penstock.engine.flags.result.PayloadReader;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Does an evaluation wait while definitions are parsed, compiled and swapped?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.flags.EvaluationDuringReloads
 *      [--flags 5000] [--rate 50000] [--seconds 10] [--warmup 6]
 * </pre>
 * Each mode runs in a JVM of its own (see {@link ChildJvm#MEASURED_HEAP}). One thread spins to each due time and
 * evaluates one flag. In QUIET it is alone. In COMPILING another thread parses and compiles the same definitions again
 * and again, and throws the snapshots away: the same load on memory, garbage collector and cores, without a swap. In
 * RELOADING the client loads them from a file again and again, as fast as it can, and swaps. What reloads do to
 * evaluations is the difference between the last two. "service" is the time of the call, "response" the time since the
 * call was due; both contain a clock read and pauses of the garbage collector. "GC, ms" is the sum of the pauses.
 * Every answer is checked.
 */
public final class EvaluationDuringReloads {
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int PEOPLE = 128;

    private final FlagClient flags;
    private final SampleFlag flag;
    private final FlagContext[] contexts = new FlagContext[PEOPLE];
    private final boolean[] expected = new boolean[PEOPLE];
    private final long intervalNs;

    private enum Mode {
        QUIET,
        COMPILING,
        RELOADING;

        Callable<?> step(FlagClient flags, byte[] body) {
            if (this == RELOADING) {
                return () -> reload(flags);
            }
            DefinitionsParser parser = new DefinitionsParser();
            PayloadReader payloads = new PayloadReader((message, cause) -> {
                throw new IllegalStateException(message, cause);
            });
            SnapshotCompiler compiler = new SnapshotCompiler(payloads, Set.of());
            return () -> compiler.compile(parser.parse(body), System.currentTimeMillis());
        }

        private static boolean reload(FlagClient flags) throws Exception {
            if (!flags.reload().toCompletableFuture().get()) {
                throw new IllegalStateException("the definitions could not be reloaded");
            }
            return true;
        }
    }

    private EvaluationDuringReloads(FlagClient flags, SampleFlag flag, int rate) {
        this.flags = flags;
        this.flag = flag;
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / rate;
        People people = new People();
        FlagAnswers answers = new FlagAnswers();
        for (int i = 0; i < PEOPLE; i++) {
            contexts[i] = FlagContext.of(people.id(i), people.properties(i));
            expected[i] = answers.isOn(flag, people.id(i));
        }
    }

    /**
     * Runs both and prints a table.
     *
     * @param args see above; {@code --mode} runs one in this JVM
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("flags", "rate", "seconds", "warmup", "mode"));
        if (options.has("mode")) {
            run(options);
            return;
        }
        System.out.printf(
                "%n%d flags, %d evaluations/s%n", options.number("flags", 5_000), options.number("rate", 50_000));
        Map<String, Results> runs = new LinkedHashMap<>();
        for (Mode mode : Mode.values()) {
            runs.put(mode.name(), ChildJvm.measure(EvaluationDuringReloads.class, options.with("mode", mode)));
        }
        Results.print(runs);
    }

    private static void run(Options options) throws IOException, InterruptedException {
        SampleFlags sample = new SampleFlags(options.number("flags", 5_000));
        byte[] body = PostHogJson.of(sample);
        Path file = Files.createTempFile("flags-", ".json");
        Files.write(file, body);
        try (CaptureClient client = CaptureClients.create(ClientConfig.builder("phc_benchmark")
                .flagDefinitionsFile(file)
                .flagUsage(FlagUsage.OFF)
                .build())) {
            FlagClient flags = client.flags();
            Mode mode = Mode.valueOf(options.text("mode", Mode.QUIET.name()));
            Repeater repeater = mode == Mode.QUIET ? null : new Repeater(mode.step(flags, body));
            new EvaluationDuringReloads(flags, sample.onOff(), options.number("rate", 50_000))
                    .measure(repeater, options.number("seconds", 10), options.number("warmup", 6))
                    .write();
        } finally {
            Files.delete(file);
        }
    }

    private Results measure(Repeater repeater, int seconds, int warmup) throws InterruptedException {
        if (repeater != null) {
            repeater.start();
        }
        evaluate(TimeUnit.SECONDS.toNanos(warmup), newHistogram(), newHistogram());
        Histogram service = newHistogram();
        Histogram response = newHistogram();
        long repeated = repeater == null ? 0 : repeater.count();
        long pausesMs = gcMs();
        evaluate(TimeUnit.SECONDS.toNanos(seconds), service, response);
        pausesMs = gcMs() - pausesMs;
        if (repeater != null) {
            repeated = repeater.count() - repeated;
            repeater.stop();
            if (repeated == 0) {
                throw new IllegalStateException("nothing was compiled meanwhile");
            }
        }
        Results results = new Results();
        results.add("service", service);
        results.add("response", response);
        results.add("compiled", "%,d", repeated);
        results.add("GC, ms", "%,d", pausesMs);
        return results;
    }

    private static long gcMs() {
        long total = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            total += collector.getCollectionTime();
        }
        return total;
    }

    private static Histogram newHistogram() {
        return new Histogram(1, LONGEST_NS, 3);
    }

    private void evaluate(long durationNs, Histogram service, Histogram response) {
        String key = flag.key();
        long due = System.nanoTime();
        long end = due + durationNs;
        int next = 0;
        while (due < end) {
            next = next + 1 & PEOPLE - 1;
            long start = System.nanoTime();
            while (start < due) {
                Thread.onSpinWait();
                start = System.nanoTime();
            }
            boolean on = flags.isEnabled(key, contexts[next]);
            long done = System.nanoTime();
            if (on != expected[next]) {
                throw new IllegalStateException("the answer for " + contexts[next] + " is wrong");
            }
            service.recordValue(Math.min(LONGEST_NS, done - start));
            response.recordValue(Math.min(LONGEST_NS, done - due));
            due += intervalNs;
        }
    }
}
