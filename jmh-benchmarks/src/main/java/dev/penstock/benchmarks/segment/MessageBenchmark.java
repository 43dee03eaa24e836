package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.DrainedEngine;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does a Segment message cost the producer alone, by way in and kind of key?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar segment.MessageBenchmark -prof gc
 * </pre>
 * One operation is one message: the reference event as {@code track}. Bursts, ring and what to subtract are those of
 * {@code CaptureBenchmark}. {@code typed} makes the message for the call, as its users do. There is no pipeline, and so no
 * row here for the other library, which cannot be called without its threads: see {@link MessageLiveBenchmark}.
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
public class MessageBenchmark {
    private static final int BURST = 8_192;
    private static final int SLOTS = 32_768;

    /** A producer, its ring empty before each invocation. */
    @State(Scope.Thread)
    public static class Producer {
        /** How the caller comes by its strings. */
        @Param({"FRESH", "TOUCHED", "COLD"})
        public ReferenceEvents.Strings strings;

        private DrainedEngine engine;
        private ReferenceMessages messages;
        private ReferenceEvents events;

        /** Makes the pool, then the engine. */
        @Setup(Level.Trial)
        public void prepare() {
            events = new ReferenceEvents(strings, 1);
            engine = new DrainedEngine(SLOTS);
            messages = new ReferenceMessages(engine);
        }

        /** Empties the ring and makes sure that all of the burst was in it. */
        @TearDown(Level.Invocation)
        public void drain() {
            int drained = engine.drain();
            if (drained != BURST) {
                throw new IllegalStateException("burst of " + BURST + " messages, but " + drained + " arrived");
            }
        }

        /** Keeps the reading alive. */
        @TearDown(Level.Trial)
        public void consume(Blackhole blackhole) {
            blackhole.consume(engine.touched());
        }
    }

    /** Fluent, registered keys. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int builder(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += one(producer.messages.builder(producer.events.next()));
        }
        return accepted;
    }

    /** Fluent, keys as text. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int builderNames(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += one(producer.messages.builderNames(producer.events.next()));
        }
        return accepted;
    }

    /** A typed message. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int typed(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += one(producer.messages.typed(producer.events.next()));
        }
        return accepted;
    }

    private static int one(CaptureResult result) {
        return result == CaptureResult.ACCEPTED ? 1 : 0;
    }
}
