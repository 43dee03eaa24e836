package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does handing over a message cost one and two producers while it is being delivered, in this library and in
 * Segment's own for Java?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar MessageLiveBenchmark -prof gc
 * </pre>
 * One operation is one message: the reference event, with touched strings, as {@code track}. Both libraries are as shipped,
 * ours with gzip and the other, which has none, without (see {@link AnalyticsJavaMessages} for the two bounds that are set
 * and {@link NoDelaySockets} for the one favour done), and deliver to a collector in a process of its own,
 * which checks and counts every message; at the end of a fork it must have each once, or the run fails. A message is made
 * for the call where the way in takes one.
 * <p>
 * Before each 4,096 messages a producer waits, outside the measurement, until 16,384 or fewer are undelivered. So no queue
 * and no ring is ever full, and {@code refused} must be 0. {@code ...Producer(s)} is the mean over bursts; in
 * {@code ...Sampled} each call is timed alone, two clock reads included, for the percentiles.
 * <p>
 * With fewer cores than producers, the library's own threads and the collector together, a score contains the time its
 * thread was not running. The bytes of {@code -prof gc} are those of all threads, until delivery.
 * <p>
 * The heap settings of the fork make numbers repeat. They are the benchmark's own and asked of no user.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Xmn512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageLiveBenchmark {
    private static final int BURST = 4_096;

    /** A producer's events. */
    @State(Scope.Thread)
    public static class Producer {
        private final ReferenceEvents events = new ReferenceEvents(
                ReferenceEvents.Strings.TOUCHED, Thread.currentThread().getId());
    }

    /** A producer that waits before each burst. */
    @State(Scope.Thread)
    public static class BurstProducer extends Producer {
        /** Outside the measurement. */
        @Setup(Level.Invocation)
        public void awaitRoom(LiveDelivery live) {
            live.promise(BURST);
        }
    }

    /** A producer that waits after as many calls as a burst has. */
    @State(Scope.Thread)
    public static class CallProducer extends Producer {
        private int left;

        /** Outside the measurement. */
        @Setup(Level.Invocation)
        public void awaitRoom(LiveDelivery live) {
            if (left == 0) {
                live.promise(BURST);
                left = BURST;
            }
            left--;
        }

        /** The iteration ended within a burst. */
        @TearDown(Level.Iteration)
        public void withdraw(LiveDelivery live) {
            live.withdraw(left);
            left = 0;
        }
    }

    /** Calls that were told no. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Refusals {
        /** Any answer but accepted. */
        public long refused;
    }

    /** One. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Threads(1)
    @OperationsPerInvocation(BURST)
    public long oneProducer(LiveDelivery live, BurstProducer producer, Refusals refusals) {
        return burst(live, producer, refusals);
    }

    /** Two. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Threads(2)
    @OperationsPerInvocation(BURST)
    public long twoProducers(LiveDelivery live, BurstProducer producer, Refusals refusals) {
        return burst(live, producer, refusals);
    }

    /** One, call by call. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Threads(1)
    public CaptureResult oneProducerSampled(LiveDelivery live, CallProducer producer, Refusals refusals) {
        return call(live, producer, refusals);
    }

    /** Two, call by call. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Threads(2)
    public CaptureResult twoProducersSampled(LiveDelivery live, CallProducer producer, Refusals refusals) {
        return call(live, producer, refusals);
    }

    private static long burst(LiveDelivery live, Producer producer, Refusals refusals) {
        long refused = 0;
        for (int i = 0; i < BURST; i++) {
            if (live.send(producer.events.next()) != CaptureResult.ACCEPTED) {
                refused++;
            }
        }
        refusals.refused += refused;
        return refused;
    }

    private static CaptureResult call(LiveDelivery live, Producer producer, Refusals refusals) {
        CaptureResult result = live.send(producer.events.next());
        if (result != CaptureResult.ACCEPTED) {
            refusals.refused++;
        }
        return result;
    }
}
