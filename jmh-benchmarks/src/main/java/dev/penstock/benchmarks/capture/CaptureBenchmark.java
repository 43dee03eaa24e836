package dev.penstock.benchmarks.capture;

import dev.penstock.benchmarks.support.DrainedEngine;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureResult;
import java.util.Map;
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
 * What does a capture cost the producer alone, by way in and kind of key?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar capture.CaptureBenchmark -prof gc
 * </pre>
 * One operation is one event. A measured invocation is a burst of 8,192 events, of one or two slots, into a ring of 32,768 slots, which the
 * measuring thread empties behind each burst, outside the measurement (fixtures for each invocation are usually too fine;
 * beside a burst of milliseconds their clock reads vanish). The parts are wired as the engine wires them, see
 * {@link DrainedEngine}; there is no pipeline.
 * <p>
 * Scores include the making or drawing of the event; subtract {@code CallerBaseline.draw}, in time and in bytes, for
 * what capturing costs. {@code map} includes building the map, {@code mapReady} does not. COLD strings are ones nobody
 * has touched lately: that row is the price of the caller's cache misses and stands apart.
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
public class CaptureBenchmark {
    private static final int BURST = 8_192;
    private static final int SLOTS = 32_768;
    private static final int READY = 128;

    /** A producer, empty before each invocation. */
    @State(Scope.Thread)
    public static class Producer {
        /** How the caller comes by its strings. */
        @Param({"FRESH", "TOUCHED", "COLD"})
        public ReferenceEvents.Strings strings;

        private DrainedEngine engine;
        private ReferenceCapture capture;
        private ReferenceEvents events;
        private ReferenceEvent[] readyEvents;
        private Map<String, Object>[] readyMaps;

        /** Makes pool and maps, then the engine. */
        @Setup(Level.Trial)
        @SuppressWarnings({"unchecked", "rawtypes"}) // generic arrays are made raw
        public void prepare() {
            events = new ReferenceEvents(strings, 1);
            readyEvents = new ReferenceEvent[READY];
            readyMaps = new Map[READY];
            for (int i = 0; i < READY; i++) {
                readyEvents[i] = events.next();
                readyMaps[i] = ReferenceCapture.toMap(readyEvents[i]);
            }
            engine = new DrainedEngine(SLOTS);
            capture = new ReferenceCapture(engine);
        }

        /** Empties the ring and makes sure that all of the burst was in it. */
        @TearDown(Level.Invocation)
        public void drain() {
            int drained = engine.drain();
            if (drained != BURST) {
                throw new IllegalStateException("burst of " + BURST + " events, but " + drained + " arrived");
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
            accepted += one(producer.capture.builder(producer.events.next()));
        }
        return accepted;
    }

    /** Fluent, keys as text. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int builderNames(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += one(producer.capture.builderNames(producer.events.next()));
        }
        return accepted;
    }

    /** Translator, registered keys. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int translator(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += one(producer.capture.translator(producer.events.next()));
        }
        return accepted;
    }

    /** Translator, keys as text. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int translatorNames(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += one(producer.capture.translatorNames(producer.events.next()));
        }
        return accepted;
    }

    /** A map, built for the call. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int map(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            ReferenceEvent event = producer.events.next();
            accepted += one(producer.capture.map(event, ReferenceCapture.toMap(event)));
        }
        return accepted;
    }

    /** One of 128 maps made beforehand. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int mapReady(Producer producer) {
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            int next = i & READY - 1;
            accepted += one(producer.capture.map(producer.readyEvents[next], producer.readyMaps[next]));
        }
        return accepted;
    }

    private static int one(CaptureResult result) {
        return result == CaptureResult.ACCEPTED ? 1 : 0;
    }
}
