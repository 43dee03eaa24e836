package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.support.Figures;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long does handing over an event take at 20,000 and 50,000 a second, while they are delivered?
 * <p>
 * <pre>
 * java -Xms2g -Xmx2g -Xmn512m -XX:+AlwaysPreTouch -cp jmh-benchmarks/target/benchmarks.jar
 *      dev.penstock.benchmarks.peers.PacedCalls --contender penstock_builder [--rates 20000,50000] [--seconds 8] [--warmup 5]
 * </pre>
 * One producer spins to each due time and hands over one event that was drawn before. "service" is the time of the call;
 * "response" the time from when it was due, so a call that was late because the one before was slow, or because the thread
 * was not running, counts with its delay. The producer occupies one core. It does not wait for delivery: what is undelivered
 * at the end of a rate is a figure, and says whether the library keeps up. So is what it refuses, the warm-up included, in
 * which a process that was just started has no core left for its pipeline.
 */
public final class PacedCalls {
    private final CaptureLibrary library;
    private final Window window;
    private final ReferenceEvents events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, 1);

    private PacedCalls(Session session) {
        library = session.library();
        window = session.window();
    }

    /**
     * Runs once and writes the figures.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException {
        Options options = new Options(args, Set.of("contender", "rates", "seconds", "warmup"));
        Session session = new Session(Contender.of(options.text("contender", "")), Integer.MAX_VALUE);
        PacedCalls calls = new PacedCalls(session);
        Figures figures = new Figures();
        int warmup = options.number("warmup", 5);
        for (String rate : options.list("rates", "20000,50000")) {
            long intervalNs = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(rate);
            calls.produce(intervalNs, warmup, TimedProducer.newHistogram(), TimedProducer.newHistogram());
            session.window().awaitDelivery();
            System.gc();
            Histogram service = TimedProducer.newHistogram();
            Histogram response = TimedProducer.newHistogram();
            long refused = calls.window.refused();
            calls.produce(intervalNs, options.number("seconds", 8), service, response);
            long undelivered = calls.window.undelivered();
            figures.add(rate + " service", service);
            figures.add(rate + " response", response);
            figures.add(rate + " refused", (double) (calls.window.refused() - refused));
            figures.add(rate + " undelivered", (double) Math.max(0, undelivered));
            session.window().awaitDelivery();
        }
        session.close(figures);
        figures.write();
        System.exit(0);
    }

    private void produce(long intervalNs, int seconds, Histogram service, Histogram response) {
        long calls = TimeUnit.SECONDS.toNanos(seconds) / intervalNs;
        window.take((int) calls);
        long due = System.nanoTime();
        for (long i = 0; i < calls; i++) {
            ReferenceEvent event = events.next();
            long start = System.nanoTime();
            while (start < due) {
                Thread.onSpinWait();
                start = System.nanoTime();
            }
            if (!library.capture(event)) {
                window.refuse();
            }
            long done = System.nanoTime();
            service.recordValue(Math.min(TimedProducer.LONGEST_NS, done - start));
            response.recordValue(Math.min(TimedProducer.LONGEST_NS, done - due));
            due += intervalNs;
        }
    }
}
