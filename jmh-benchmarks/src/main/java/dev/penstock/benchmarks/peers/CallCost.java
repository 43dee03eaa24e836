package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.Figures;
import dev.penstock.benchmarks.support.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * What does handing over an event cost one, two and four producers at full speed, while the events are delivered?
 * <p>
 * <pre>
 * java -Xms2g -Xmx2g -Xmn512m -XX:+AlwaysPreTouch -cp jmh-benchmarks/target/benchmarks.jar
 *      dev.penstock.benchmarks.peers.CallCost --contender penstock_builder [--producers 1,2,4] [--seconds 3] [--warmup 3]
 * </pre>
 * Before each 1,024 calls a producer waits, outside the measurement, until few enough events are undelivered: 8,192 and
 * what the others have in hand. So no queue and no ring is ever full. Each call is timed alone, two clock readings included;
 * the event is drawn before. With fewer cores than producers, the library's threads and the sink together, the longest
 * calls contain the time the thread was not running.
 * <p>
 * Bytes are those that the producers' threads allocate and those of all threads of the process, until delivery.
 */
public final class CallCost {
    private static final int MOST_UNDELIVERED = 8_192;

    private CallCost() {}

    /**
     * Runs once and writes the figures.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("contender", "producers", "seconds", "warmup"));
        Session session = new Session(Contender.of(options.text("contender", "")), MOST_UNDELIVERED);
        Figures figures = new Figures();
        measure(session, 1, options.number("warmup", 3), new Figures());
        for (String producers : options.list("producers", "1,2,4")) {
            int count = Integer.parseInt(producers);
            if (count > 1) {
                measure(session, count, 1, new Figures());
            }
            session.window().awaitDelivery();
            System.gc();
            measure(session, count, options.number("seconds", 3), figures);
        }
        session.close(figures);
        figures.write();
        System.exit(0);
    }

    private static void measure(Session session, int count, int seconds, Figures figures) throws InterruptedException {
        List<TimedProducer> producers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            producers.add(new TimedProducer(session, i));
        }
        long heap = Cpu.allocatedBytes();
        producers.forEach(Thread::start);
        Thread.sleep(1_000L * seconds);
        Histogram calls = TimedProducer.newHistogram();
        double allocated = 0;
        for (TimedProducer producer : producers) {
            producer.finish();
            calls.add(producer.calls());
            allocated += producer.allocatedBytes();
        }
        session.window().awaitDelivery();
        // What the producers allocated is no longer asked for: their threads have ended.
        double others = Cpu.allocatedBytes() - heap;
        figures.add(count + " call", calls);
        figures.add(count + " caller B/event", allocated / calls.getTotalCount());
        figures.add(count + " process B/event", (allocated + others) / calls.getTotalCount());
    }
}
