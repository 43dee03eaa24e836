package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.Cpu;
import dev.penstock.benchmarks.support.Figures;
import dev.penstock.benchmarks.support.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How many events a second does a library deliver, and what does each cost in CPU, heap and bytes on the wire?
 * <p>
 * <pre>
 * java -Xms2g -Xmx2g -Xmn512m -XX:+AlwaysPreTouch -cp jmh-benchmarks/target/benchmarks.jar
 *      dev.penstock.benchmarks.peers.Delivery --contender penstock_builder [--seconds 8] [--warmup 4] [--producers 1]
 * </pre>
 * Producers hand over reference events at full speed and wait while 25,000 are undelivered, whatever the library: the same
 * back-pressure for all, so that none drops events or fills the heap, and the slower of library and sink sets the pace.
 * Rates and costs are of the window after the warm-up and of the client's process, producers included; what is on the wire
 * is of the whole run.
 */
public final class Delivery {
    private static final int MOST_UNDELIVERED = 25_000;

    private Delivery() {}

    /**
     * Runs once and writes the figures.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("contender", "seconds", "warmup", "producers"));
        Contender contender = Contender.of(options.text("contender", ""));
        Session session = new Session(contender, MOST_UNDELIVERED);
        List<WindowedProducer> producers = new ArrayList<>();
        for (int i = 0; i < options.number("producers", 1); i++) {
            producers.add(new WindowedProducer(session, i));
        }
        producers.forEach(Thread::start);
        Thread.sleep(1_000L * options.number("warmup", 4));
        Moment began = new Moment(session.sink(), producers);
        Thread.sleep(1_000L * options.number("seconds", 8));
        Moment ended = new Moment(session.sink(), producers);
        for (WindowedProducer producer : producers) {
            producer.finish();
        }
        Figures figures = ended.since(began);
        session.close(figures);
        figures.write();
        System.exit(0);
    }

    /** A moment of the run; two of them are a window. */
    private static final class Moment {
        private final long ns = System.nanoTime();
        private final long cpuNs = Cpu.processNs();
        private final long compilersNs = Cpu.compilersNs();
        private final long heapBytes = Cpu.allocatedBytes();
        private final SinkProcess sink;
        private final long delivered;
        private final long sinkCpuNs;
        private final long producersCpuNs;

        Moment(SinkProcess sink, List<WindowedProducer> producers) {
            this.sink = sink;
            delivered = sink.events();
            sinkCpuNs = sink.cpuNs();
            producersCpuNs = producers.stream().mapToLong(Cpu::threadNs).sum();
        }

        Figures since(Moment began) {
            double events = delivered - began.delivered;
            double elapsed = ns - began.ns;
            Figures figures = new Figures();
            figures.add("events/s", events / elapsed * 1e9);
            figures.add("cpu us/event", (cpuNs - began.cpuNs) / events / 1e3);
            double compilers = compilersNs - began.compilersNs;
            figures.add("compilers cpu us/event", compilers / events / 1e3);
            figures.add(
                    "pipeline cpu us/event",
                    (cpuNs - began.cpuNs - producersCpuNs + began.producersCpuNs - compilers) / events / 1e3);
            figures.add("cores", (cpuNs - began.cpuNs) / elapsed);
            figures.add("sink cpu us/event", (sinkCpuNs - began.sinkCpuNs) / events / 1e3);
            figures.add("heap B/event", (heapBytes - began.heapBytes) / events);
            figures.add("wire B/event", (double) sink.wireBytes() / sink.events());
            figures.add("json B/event", (double) sink.plainBytes() / sink.events());
            figures.add("events/body", (double) sink.events() / sink.bodies());
            return figures;
        }
    }
}
