package dev.penstock.benchmarks.flags;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the answer about a flag cost, in this library and in two others, for one thread and for two?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar FlagEvaluationBenchmark -prof gc
 * </pre>
 * One operation is one answer, for {@code all} the answers of all 100 flags, each of which is read. {@code onOff} asks
 * for a flag with two filters and a rollout of half, {@code split} for one with the same filters and three variants,
 * both among the 100; {@code all} asks for the 100 in the way the library has for it, which is one by one in
 * posthog-server. {@code Kept} asks with one of 128 contexts made before, {@code Hot} with one of 8 of them, {@code Cold}
 * with that of one of 100,000 people at random; with {@code -p library=PENSTOCK_REUSED} {@code all} goes into a result
 * that is used again. {@code Fresh} makes a map and from it a
 * context for each question, of one of 100,000 people at random: subtract {@code FlagFloorBenchmark.draw} for what the
 * map and the person cost the caller. Each library is used through its public API; see {@code PenstockLibrary} and the
 * package {@code rival} for how each is set up. None reports uses here; see {@link FlagUsageBenchmark}.
 * <p>
 * Before anything is measured, the answers are checked, of {@code onOff} and {@code split} for each of the 100,000
 * people, of {@code all} for 500: ours and posthog-server's exactly, LaunchDarkly's by its shares, because it hashes
 * otherwise. A fork loads one library only.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlagEvaluationBenchmark {
    /** On or off, the same few people. */
    @Benchmark
    @Threads(1)
    public boolean onOffHot(Library library, Caller caller) {
        return library.isOn(caller.hotContext());
    }

    /** On or off, anybody. */
    @Benchmark
    @Threads(1)
    public boolean onOffCold(Library library, Crowd crowd) {
        return library.isOn(crowd.coldContext());
    }

    /** On or off, context kept. */
    @Benchmark
    @Threads(1)
    public boolean onOffKept(Library library, Caller caller) {
        return library.isOn(caller.keptContext());
    }

    /** On or off, context kept, two threads. */
    @Benchmark
    @Threads(2)
    public boolean onOffKept2Threads(Library library, Caller caller) {
        return library.isOn(caller.keptContext());
    }

    /** On or off, context made. */
    @Benchmark
    @Threads(1)
    public boolean onOffFresh(Library library, Caller caller) {
        return library.isOn(caller.freshContext());
    }

    /** On or off, context made, two threads. */
    @Benchmark
    @Threads(2)
    public boolean onOffFresh2Threads(Library library, Caller caller) {
        return library.isOn(caller.freshContext());
    }

    /** A variant, context kept. */
    @Benchmark
    @Threads(1)
    public String splitKept(Library library, Caller caller) {
        return library.variant(caller.keptContext());
    }

    /** A variant, context kept, two threads. */
    @Benchmark
    @Threads(2)
    public String splitKept2Threads(Library library, Caller caller) {
        return library.variant(caller.keptContext());
    }

    /** A variant, context made. */
    @Benchmark
    @Threads(1)
    public String splitFresh(Library library, Caller caller) {
        return library.variant(caller.freshContext());
    }

    /** A variant, context made, two threads. */
    @Benchmark
    @Threads(2)
    public String splitFresh2Threads(Library library, Caller caller) {
        return library.variant(caller.freshContext());
    }

    /** All flags, the same few people. */
    @Benchmark
    @Threads(1)
    public int allHot(Library library, Caller caller) {
        return library.all(caller.hotContext());
    }

    /** All flags, anybody. */
    @Benchmark
    @Threads(1)
    public int allCold(Library library, Crowd crowd) {
        return library.all(crowd.coldContext());
    }

    /** All flags, context kept. */
    @Benchmark
    @Threads(1)
    public int allKept(Library library, Caller caller) {
        return library.all(caller.keptContext());
    }

    /** All flags, context kept, two threads. */
    @Benchmark
    @Threads(2)
    public int allKept2Threads(Library library, Caller caller) {
        return library.all(caller.keptContext());
    }

    /** All flags, context made. */
    @Benchmark
    @Threads(1)
    public int allFresh(Library library, Caller caller) {
        return library.all(caller.freshContext());
    }

    /** All flags, context made, two threads. */
    @Benchmark
    @Threads(2)
    public int allFresh2Threads(Library library, Caller caller) {
        return library.all(caller.freshContext());
    }
}
