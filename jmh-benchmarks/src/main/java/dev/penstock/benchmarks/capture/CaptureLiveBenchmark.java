package dev.penstock.benchmarks.capture;

import dev.penstock.benchmarks.support.DiscardingTransport;
import dev.penstock.benchmarks.support.LiveEngine;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a capture cost one, two and four producers while the pipeline is at work?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar CaptureLiveBenchmark -prof gc
 * </pre>
 * One operation is one event, with touched strings and registered keys, into the ring as shipped; the pipeline encodes,
 * compresses and hands its batches to a transport that discards them. In the {@code ...Producers} cases a measured
 * invocation is a burst of 4,096 events, and before each a producer waits, outside the measurement, until a quarter of
 * the ring or less is taken. So the calls meet a consumer at work and a ring with room, and {@code refused} should be 0:
 * if it is not, the score contains calls that did no work.
 * <p>
 * {@code overloaded} never waits: the ring is full almost always. There {@code accepted} and {@code refused} are the
 * measured time divided by the number of calls with that answer, so the first says how long it took to get one event in,
 * and the score is the mean over calls that were mostly told no.
 * <p>
 * With fewer cores than producers and pipeline together, a score contains the time its thread was not running. The bytes
 * of {@code -prof gc} are those of all threads.
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
public class CaptureLiveBenchmark {
    private static final int BURST = 4_096;
    private static final int ROOM_AT = ClientConfig.DEFAULT_RING_SLOTS / 4;

    /** The engine all producers share. */
    @State(Scope.Benchmark)
    public static class Engine {
        /** Whether the pipeline compresses: the slower it is, the larger the batches it takes. */
        @Param({"true", "false"})
        public boolean gzip;

        private LiveEngine engine;
        private ReferenceCapture capture;

        /** Starts it. */
        @Setup(Level.Trial)
        public void start() {
            engine = new LiveEngine(
                    new DiscardingTransport(),
                    gzip,
                    ClientConfig.DEFAULT_MAX_BATCH_EVENTS,
                    LiveEngine.shippedIdleStrategy());
            capture = new ReferenceCapture(engine);
            System.gc();
        }

        /** Ends it, and checks that what was accepted was delivered. */
        @TearDown(Level.Trial)
        public void stop() {
            engine.close();
            long accepted = engine.count(CaptureResult.ACCEPTED);
            if (engine.delivered() != accepted) {
                throw new IllegalStateException(accepted + " accepted, but " + engine.delivered() + " delivered");
            }
        }
    }

    /** A producer's events. */
    @State(Scope.Thread)
    public static class Producer {
        private final ReferenceEvents events = new ReferenceEvents(
                ReferenceEvents.Strings.TOUCHED, Thread.currentThread().getId());
    }

    /** A producer that waits for room before each burst. */
    @State(Scope.Thread)
    public static class PatientProducer extends Producer {
        /** Outside the measurement. */
        @Setup(Level.Invocation)
        public void awaitRoom(Engine live) {
            while (live.engine.occupied() > ROOM_AT) {
                LockSupport.parkNanos(200_000);
            }
        }
    }

    /** Calls that were told no. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Refusals {
        /** Any answer but accepted. */
        public long refused;
    }

    /** Calls by answer. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Answers {
        /** Events taken. */
        public long accepted;

        /** Events refused. */
        public long refused;
    }

    /** One. */
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(BURST)
    public long oneProducer(Engine live, PatientProducer producer, Refusals refusals) {
        return burst(live, producer, refusals);
    }

    /** Two. */
    @Benchmark
    @Threads(2)
    @OperationsPerInvocation(BURST)
    public long twoProducers(Engine live, PatientProducer producer, Refusals refusals) {
        return burst(live, producer, refusals);
    }

    /** Four. */
    @Benchmark
    @Threads(4)
    @OperationsPerInvocation(BURST)
    public long fourProducers(Engine live, PatientProducer producer, Refusals refusals) {
        return burst(live, producer, refusals);
    }

    private static long burst(Engine live, Producer producer, Refusals refusals) {
        long refused = 0;
        for (int i = 0; i < BURST; i++) {
            if (live.capture.builder(producer.events.next()) != CaptureResult.ACCEPTED) {
                refused++;
            }
        }
        refusals.refused += refused;
        return refused;
    }

    /** One producer that never waits. */
    @Benchmark
    @Threads(1)
    public CaptureResult overloaded(Engine live, Producer producer, Answers answers) {
        CaptureResult result = live.capture.builder(producer.events.next());
        if (result == CaptureResult.ACCEPTED) {
            answers.accepted++;
        } else {
            answers.refused++;
        }
        return result;
    }
}
