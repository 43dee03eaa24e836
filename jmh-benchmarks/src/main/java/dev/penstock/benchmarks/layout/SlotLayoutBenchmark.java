package dev.penstock.benchmarks.layout;

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
 * What does an event cost the caller, and what the consumer, when a slot holds references and when it holds bytes?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar SlotLayoutBenchmark -prof gc
 * </pre>
 * One operation is one event. A measured invocation is a burst of 16,384 events, half the ring. In the {@code capture}
 * cases the consumer empties the ring behind each burst, in the {@code consume} cases the producer fills it before; both
 * on the measuring thread and outside the measurement (fixtures for each invocation are usually too fine; beside a burst
 * of milliseconds their clock reads vanish). So nobody contends and no cache line moves between cores: this is work alone,
 * and {@link SlotLayoutPauses} has the two threads.
 * <p>
 * {@code callerAlone} makes or draws the strings and captures nothing. Subtract it, in time and in bytes, from the
 * {@code capture} cases: the fresh strings are the caller's garbage (the profiler sees that of the fixtures too, so the
 * fresh {@code consume} cases show it as well). Subtract the producer of one layout from the other
 * only with the consumer beside it: reading the strings can be moved, not saved.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-Xmn256m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class SlotLayoutBenchmark {
    private static final int BURST = 16_384;
    private static final int SLOTS = 32_768;
    private static final long SEED = 20_261_121;

    /** A ring, a caller for it, and the count of what went through. */
    @State(Scope.Thread)
    public abstract static class Lane {
        /** How the caller comes by its strings. */
        @Param({"fresh", "cold"})
        public String strings;

        private final CoarseClock clock = new CoarseClock();
        private SlotRing ring;
        private SampleEvents events;

        abstract SlotRing newRing(CoarseClock laneClock, EventJson json);

        /** Checks both layouts, then lets the ring grow old, as it is in any process that lives. */
        @Setup(Level.Trial)
        public void prepare() {
            LayoutCheck.verify();
            ring = newRing(clock, new EventJson());
            events = new SampleEvents(strings.equals("cold"));
            System.gc();
        }

        int fill() {
            SlotRing target = ring;
            SampleEvents source = events;
            int accepted = 0;
            for (int i = 0; i < BURST; i++) {
                if (SampleEvents.captureNext(target, source)) {
                    accepted++;
                }
            }
            return accepted;
        }

        int drain() {
            return ring.drain();
        }

        void tick() {
            clock.tick();
        }
    }

    /** Empty before each invocation. */
    public abstract static class EmptyLane extends Lane {
        /** Empties the ring and makes sure that all of the burst was in it. */
        @TearDown(Level.Invocation)
        public void drainBurst() {
            requireBurst(drain());
            tick();
        }
    }

    /** Holds one burst before each invocation. */
    public abstract static class FullLane extends Lane {
        private int drained = BURST;

        /** Makes sure that the last burst was read and captures the next. */
        @Setup(Level.Invocation)
        public void fillBurst() {
            requireBurst(drained);
            tick();
            requireBurst(fill());
        }

        int consume() {
            drained = drain();
            return drained;
        }
    }

    /** Layout A for the producer. */
    public static class EmptyReferences extends EmptyLane {
        @Override
        SlotRing newRing(CoarseClock laneClock, EventJson json) {
            return new ReferenceSlotRing(SLOTS, laneClock, json, SEED);
        }
    }

    /** Layout B for the producer. */
    public static class EmptyRecords extends EmptyLane {
        @Override
        SlotRing newRing(CoarseClock laneClock, EventJson json) {
            return new ByteRecordRing(SLOTS, laneClock, json, SEED);
        }
    }

    /** Layout A for the consumer. */
    public static class FullReferences extends FullLane {
        @Override
        SlotRing newRing(CoarseClock laneClock, EventJson json) {
            return new ReferenceSlotRing(SLOTS, laneClock, json, SEED);
        }
    }

    /** Layout B for the consumer. */
    public static class FullRecords extends FullLane {
        @Override
        SlotRing newRing(CoarseClock laneClock, EventJson json) {
            return new ByteRecordRing(SLOTS, laneClock, json, SEED);
        }
    }

    /** A caller without a ring. */
    @State(Scope.Thread)
    public static class Caller {
        /** How the caller comes by its strings. */
        @Param({"fresh", "cold"})
        public String strings;

        private SampleEvents events;

        /** Makes the pool. */
        @Setup(Level.Trial)
        public void prepare() {
            events = new SampleEvents(strings.equals("cold"));
            System.gc();
        }
    }

    /** The values of an event, and no capture. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void callerAlone(Caller caller, Blackhole blackhole) {
        SampleEvents events = caller.events;
        for (int i = 0; i < BURST; i++) {
            events.advance();
            blackhole.consume(events.distinctId());
            blackhole.consume(events.placement());
            blackhole.consume(events.campaign());
            blackhole.consume(events.country());
            blackhole.consume(events.device());
            blackhole.consume(events.sessionId());
            blackhole.consume(events.position());
            blackhole.consume(events.viewable());
            blackhole.consume(events.price());
        }
    }

    /** Producer, layout A. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int captureReferences(EmptyReferences lane) {
        return lane.fill();
    }

    /** Producer, layout B. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int captureRecords(EmptyRecords lane) {
        return lane.fill();
    }

    /** Consumer, layout A. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int consumeReferences(FullReferences lane) {
        return lane.consume();
    }

    /** Consumer, layout B. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int consumeRecords(FullRecords lane) {
        return lane.consume();
    }

    private static void requireBurst(int events) {
        if (events != BURST) {
            throw new IllegalStateException("burst of " + BURST + " events, but " + events + " went through");
        }
    }
}
