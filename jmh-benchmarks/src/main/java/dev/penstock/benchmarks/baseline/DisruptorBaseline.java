package dev.penstock.benchmarks.baseline;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a plain Disruptor take for a record of 200 bytes: claim, copy into the array of the slot, publish?
 * <p>
 * <pre>
 * java -jar jmh-benchmarks/target/benchmarks.jar DisruptorBaseline -prof gc
 * </pre>
 * One operation is one record, as in {@code ClaimPublishBenchmark}; many may produce. A burst of 8,192 goes into a ring of
 * 32,768 slots with an array each, emptied by the measuring thread outside the measurement. Depends on nothing of the
 * engine's, so its figure stays when the engine changes.
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
public class DisruptorBaseline {
    /** Records of an invocation. */
    public static final int BURST = 8_192;

    private static final int SLOTS = 32_768;
    private static final int RECORD_BYTES = 200;

    private final byte[] bytes = new byte[RECORD_BYTES];
    private RingBuffer<byte[]> ring;
    private EventPoller<byte[]> poller;
    private int polled;

    /** Makes a ring and lets it grow old. */
    @Setup(Level.Trial)
    public void prepare() {
        ring = RingBuffer.createMultiProducer(() -> new byte[RECORD_BYTES], SLOTS, new YieldingWaitStrategy());
        poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        System.gc();
    }

    /** Empties the ring and makes sure that all of the burst was in it. */
    @TearDown(Level.Invocation)
    public void drain() throws Exception {
        polled = 0;
        while (poller.poll((slot, sequence, endOfBatch) -> ++polled > 0) == EventPoller.PollState.PROCESSING) {
            // One poll takes what was published when it began.
        }
        if (polled != BURST) {
            throw new IllegalStateException("burst of " + BURST + " records, but " + polled + " arrived");
        }
    }

    /** The ring. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long claimAndPublish() throws InsufficientCapacityException {
        RingBuffer<byte[]> target = ring;
        byte[] record = bytes;
        long last = 0;
        for (int i = 0; i < BURST; i++) {
            last = target.tryNext();
            System.arraycopy(record, 0, target.get(last), 0, RECORD_BYTES);
            target.publish(last);
        }
        return last;
    }
}
