package dev.penstock.benchmarks.baseline;

import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvents;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does the caller spend before it captures: drawing the event, building the map?
 * <p>
 * <pre>
 * java -jar jmh-benchmarks/target/benchmarks.jar CallerBaseline -prof gc
 * </pre>
 * Subtract {@code draw} from the cases of {@code CaptureBenchmark}, in time and in bytes; {@code drawAndMap} is what a
 * map API costs before the client has done anything. The contents of the strings are not read, so the cache misses of
 * COLD ones are not in here: they belong to whoever reads them first.
 * <p>
 * The heap settings of the fork make numbers repeat. They are the benchmark's own and asked of no user.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Xmn512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class CallerBaseline {
    private static final int BURST = 16_384;

    /** How the caller comes by its strings. */
    @Param({"FRESH", "TOUCHED", "COLD"})
    public ReferenceEvents.Strings strings;

    private ReferenceEvents events;

    /** Makes the pool. */
    @Setup
    public void prepare() {
        events = new ReferenceEvents(strings, 1);
        System.gc();
    }

    /** An event. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void draw(Blackhole blackhole) {
        for (int i = 0; i < BURST; i++) {
            blackhole.consume(events.next());
        }
    }

    /** An event and the map of its properties. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void drawAndMap(Blackhole blackhole) {
        for (int i = 0; i < BURST; i++) {
            blackhole.consume(ReferenceCapture.toMap(events.next()));
        }
    }
}
