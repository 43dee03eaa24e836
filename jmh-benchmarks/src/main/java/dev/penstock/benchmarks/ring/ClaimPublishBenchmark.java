package dev.penstock.benchmarks.ring;

import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.ring.CaptureRing;
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

/**
 * What do claim, copy and publish cost: the limit of what a capture can be?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -jar jmh-benchmarks/target/benchmarks.jar ClaimPublishBenchmark -prof gc
 * </pre>
 * One operation is one finished record of the given length; the reference event with registered keys is one of about 200
 * bytes, and one of 1,000 takes two slots. A burst of 8,192 records goes into a ring of 32,768 slots, emptied by the measuring
 * thread outside the measurement. {@code copy} writes the same bytes to the same places and neither claims nor publishes.
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
public class ClaimPublishBenchmark {
    private static final int BURST = 8_192;
    private static final int SLOTS = 32_768;

    /** A record, and where it goes. */
    @State(Scope.Thread)
    public static class Sample {
        /** Bytes. */
        @Param({"200", "1000"})
        public int length;

        private byte[] bytes;

        /** Only the length is ever read. */
        @Setup(Level.Trial)
        public void prepare() {
            bytes = new byte[length];
            RecordLayout.INTS.set(bytes, RecordLayout.LENGTH, length);
        }
    }

    /** A ring, empty before each invocation. */
    @State(Scope.Thread)
    public static class Drained {
        private CaptureRing ring;

        /** Makes a ring and lets it grow old. */
        @Setup(Level.Trial)
        public void prepare() {
            ring = new CaptureRing(SLOTS, 0);
            System.gc();
        }

        /** Empties the ring and makes sure that all of the burst was in it. */
        @TearDown(Level.Invocation)
        public void drain() {
            int drained = 0;
            int polled;
            do {
                polled = ring.poll((bytes, offset, length, references, at) -> true, Integer.MAX_VALUE);
                drained += polled;
            } while (polled > 0);
            if (drained != BURST) {
                throw new IllegalStateException("burst of " + BURST + " records, but " + drained + " arrived");
            }
        }
    }

    /** Memory as large as the ring's. */
    @State(Scope.Thread)
    public static class Memory {
        private final byte[] bytes = new byte[SLOTS * CaptureRing.SLOT_BYTES];
        private int slot;
    }

    /** The ring. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long claimAndPublish(Sample record, Drained drained) {
        CaptureRing ring = drained.ring;
        byte[] bytes = record.bytes;
        long last = 0;
        for (int i = 0; i < BURST; i++) {
            int count = CaptureRing.slotsFor(bytes.length);
            last = ring.tryClaim(count);
            ring.publish(last, count, bytes, bytes.length);
        }
        return last;
    }

    /** The memory alone. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public byte copy(Sample record, Memory memory) {
        byte[] bytes = record.bytes;
        byte[] target = memory.bytes;
        int count = CaptureRing.slotsFor(bytes.length);
        int slot = memory.slot;
        for (int i = 0; i < BURST; i++) {
            System.arraycopy(bytes, 0, target, slot * CaptureRing.SLOT_BYTES, bytes.length);
            slot = slot + count & SLOTS - 1;
        }
        memory.slot = slot;
        return target[slot];
    }
}
