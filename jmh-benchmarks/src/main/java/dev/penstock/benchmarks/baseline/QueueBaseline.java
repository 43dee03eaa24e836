package dev.penstock.benchmarks.baseline;

import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
 * What would handing the event over as an object cost, with the queues of the JDK?
 * <p>
 * <pre>
 * java -jar jmh-benchmarks/target/benchmarks.jar 'QueueBaseline|ClaimPublishBenchmark' -prof gc
 * </pre>
 * One operation is one event, drained by the measuring thread outside the measurement as in {@code CaptureBenchmark}. To
 * the queues' favour: the event exists already, is not copied, and nobody waits on the other end, so no thread is woken.
 * All later work (reading, encoding) is still to come, on the consumer.
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
public class QueueBaseline {
    private static final int BURST = 16_384;
    private static final int CAPACITY = 32_768;

    /** A queue, empty before each invocation. */
    @State(Scope.Thread)
    public abstract static class Drained {
        private final Queue<ReferenceEvent> queue;
        private ReferenceEvents events;

        Drained(Queue<ReferenceEvent> queue) {
            this.queue = queue;
        }

        /** Makes the pool. */
        @Setup(Level.Trial)
        public void prepare() {
            events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, 1);
            System.gc();
        }

        /** Empties the queue and makes sure that all of the burst was in it. */
        @TearDown(Level.Invocation)
        public void drain() {
            int drained = 0;
            while (queue.poll() != null) {
                drained++;
            }
            if (drained != BURST) {
                throw new IllegalStateException("burst of " + BURST + " events, but " + drained + " arrived");
            }
        }

        int fill() {
            int accepted = 0;
            for (int i = 0; i < BURST; i++) {
                if (queue.offer(events.next())) {
                    accepted++;
                }
            }
            return accepted;
        }
    }

    /** Bounded, one lock. */
    public static class Array extends Drained {
        /** Makes an empty one. */
        public Array() {
            super(new ArrayBlockingQueue<>(CAPACITY));
        }
    }

    /** Bounded, two locks. */
    public static class Linked extends Drained {
        /** Makes an empty one. */
        public Linked() {
            super(new LinkedBlockingQueue<>(CAPACITY));
        }
    }

    /** Unbounded, lock-free. */
    public static class Concurrent extends Drained {
        /** Makes an empty one. */
        public Concurrent() {
            super(new ConcurrentLinkedQueue<>());
        }
    }

    /** {@link ArrayBlockingQueue}. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int arrayBlockingQueue(Array queue) {
        return queue.fill();
    }

    /** {@link LinkedBlockingQueue}. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int linkedBlockingQueue(Linked queue) {
        return queue.fill();
    }

    /** {@link ConcurrentLinkedQueue}. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int concurrentLinkedQueue(Concurrent queue) {
        return queue.fill();
    }
}
