package dev.penstock.benchmarks.flags;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it add to an answer to remember that its use has been reported?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar FlagUsageBenchmark -prof gc
 * </pre>
 * One operation is one answer about a flag that is on for half, with a context made before: always the same person's,
 * or those of 1,000 people in turn. With {@code usageEvents} each person's use has been reported before the
 * measurement begins, so every question is one that reports nothing; a run in which an event was made meanwhile fails.
 * LaunchDarkly is not asked: it counts uses in summaries and does not report each person's.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlagUsageBenchmark {
    private static final int KNOWN = 1_000;
    private static final int ROUNDS = 100;

    /** The library, which has reported the uses of some people. */
    @State(Scope.Benchmark)
    public static class Reporting {
        /** Which. */
        @Param({"PENSTOCK", "POSTHOG"})
        public LibraryName library;

        /** Whether uses are reported. */
        @Param({"false", "true"})
        public boolean usageEvents;

        private final List<Object> contexts = new ArrayList<>();
        private FlagLibrary<Object> asked;
        private String key;

        /** Asks for each person, and often enough for code to be compiled. */
        @Setup(Level.Trial)
        @SuppressWarnings("unchecked") // contexts only come from the library they go to
        public void open() throws IOException, InterruptedException {
            People people = new People();
            SampleFlags flags = new SampleFlags(SampleFlags.COUNT);
            key = flags.onOff().key();
            asked = (FlagLibrary<Object>) library.open(flags, usageEvents);
            for (int i = 0; i < KNOWN; i++) {
                contexts.add(asked.context(people.id(i), people.properties(i)));
            }
            for (int i = 0; i < KNOWN * ROUNDS; i++) {
                asked.isOn(key, contexts.get(i % KNOWN));
            }
        }

        /** Makes sure that each use was reported once. */
        @TearDown(Level.Trial)
        public void close() {
            long uses = asked.usesReported();
            asked.close();
            long expected = usageEvents ? KNOWN : 0;
            if (uses != expected) {
                throw new IllegalStateException(uses + " uses were reported instead of " + expected);
            }
        }
    }

    /** A thread's place among the people. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        private int take() {
            int taken = next;
            next = taken + 1 == KNOWN ? 0 : taken + 1;
            return taken;
        }
    }

    /** Always the same person. */
    @Benchmark
    @Threads(1)
    public boolean samePerson(Reporting reporting) {
        return reporting.asked.isOn(reporting.key, reporting.contexts.get(0));
    }

    /** Always the same person, two threads. */
    @Benchmark
    @Threads(2)
    public boolean samePerson2Threads(Reporting reporting) {
        return reporting.asked.isOn(reporting.key, reporting.contexts.get(0));
    }

    /** 1,000 people in turn. */
    @Benchmark
    @Threads(1)
    public boolean knownPeople(Reporting reporting, Turn turn) {
        return reporting.asked.isOn(reporting.key, reporting.contexts.get(turn.take()));
    }

    /** 1,000 people in turn, two threads. */
    @Benchmark
    @Threads(2)
    public boolean knownPeople2Threads(Reporting reporting, Turn turn) {
        return reporting.asked.isOn(reporting.key, reporting.contexts.get(turn.take()));
    }
}
