package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Hands over reference events in bursts, as fast as the window allows, and times each call.
 * <p>
 * <b>Threads:</b> runs on its own; {@link #finish} from another, and the figures once it has returned.
 */
final class TimedProducer extends Thread {
    private static final int BURST = 1_024;
    static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);

    private final CaptureLibrary library;
    private final Window window;
    private final ReferenceEvents events;
    private final Histogram calls = newHistogram();
    private volatile boolean stopped;
    private volatile long allocatedBytes;
    private volatile Throwable failure;

    TimedProducer(Session session, int number) {
        super("producer-" + number);
        library = session.library();
        window = session.window();
        events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, number);
        setDaemon(true);
    }

    static Histogram newHistogram() {
        return new Histogram(1, LONGEST_NS, 3);
    }

    @Override
    public void run() {
        try {
            long allocated = 0;
            while (!stopped) {
                window.take(BURST);
                long before = Cpu.ownAllocatedBytes();
                burst();
                allocated += Cpu.ownAllocatedBytes() - before;
            }
            allocatedBytes = allocated;
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void burst() {
        for (int i = 0; i < BURST; i++) {
            ReferenceEvent event = events.next();
            long start = System.nanoTime();
            boolean taken = library.capture(event);
            long took = System.nanoTime() - start;
            if (!taken) {
                throw new IllegalStateException("an event was refused within the window");
            }
            calls.recordValue(Math.min(LONGEST_NS, took));
        }
    }

    /** Has it end after the burst at hand, waits for that, and passes on what made it fail. */
    void finish() throws InterruptedException {
        stopped = true;
        join();
        if (failure != null) {
            throw new IllegalStateException("a producer failed", failure);
        }
    }

    Histogram calls() {
        return calls;
    }

    long allocatedBytes() {
        return allocatedBytes;
    }
}
