package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.CollectorProcess;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.segment.SegmentConfig;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A library as shipped, and the collector process it delivers to; all producers share it. */
@State(Scope.Benchmark)
public class LiveDelivery {
    private static final int ROOM_AT = SegmentConfig.DEFAULT_RING_SLOTS / 2;
    private static final long POLL_NS = 1_000_000;
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(30);

    /** Which, and by which way in. */
    @Param
    public Contender contender;

    private final AtomicLong sent = new AtomicLong();
    private CollectorProcess collector;
    private MessageClient client;

    /** Starts both. */
    @Setup(Level.Trial)
    public void start() throws IOException {
        collector = new CollectorProcess();
        client = contender.open(collector.host(), new Wire(contender != Contender.ANALYTICS_JAVA, true));
        System.gc();
    }

    /** Ends both, and checks that all arrived, once, and broke no rule. */
    @TearDown(Level.Trial)
    public void stop() throws IOException {
        client.flush();
        awaitUndelivered(0);
        client.close();
        CollectorProcess.Count count = collector.count();
        collector.close();
        if (client.lost() != 0
                || count.events() != sent.get()
                || count.distinct() != sent.get()
                || count.invalid() != 0) {
            throw new IllegalStateException(sent + " sent, " + client.lost() + " lost, but the collector has " + count);
        }
    }

    CaptureResult send(ReferenceEvent event) {
        return client.send(event);
    }

    /** Waits until few are undelivered, and then promises some more. */
    void promise(int messages) {
        awaitUndelivered(ROOM_AT);
        sent.addAndGet(messages);
    }

    /** Takes a promise back. */
    void withdraw(int messages) {
        sent.addAndGet(-messages);
    }

    private void awaitUndelivered(int most) {
        long deadline = System.nanoTime() + LONGEST_NS;
        while (sent.get() - client.delivered() > most) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(sent + " sent, but after 30 s only " + client.delivered()
                        + " delivered, " + client.lost() + " lost");
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
