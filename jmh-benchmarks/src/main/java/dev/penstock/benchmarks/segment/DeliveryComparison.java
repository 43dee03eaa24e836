package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.ChildJvm;
import dev.penstock.benchmarks.support.CollectorProcess;
import dev.penstock.benchmarks.support.DeliveryMark;
import dev.penstock.benchmarks.support.EventSource;
import dev.penstock.benchmarks.support.Options;
import dev.penstock.benchmarks.support.Producer;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.benchmarks.support.Results;
import dev.penstock.client.CaptureResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How many messages a second are delivered to Segment, and what does each cost in CPU, heap and bytes on the wire, in this
 * library and in Segment's own for Java?
 * <p>
 * <pre>
 * ./mvnw -pl jmh-benchmarks -am package -DskipTests
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.segment.DeliveryComparison
 *      [--runs penstock_builder+gzip,penstock_builder,penstock_typed+gzip,analytics_java,analytics_java+nodelay,...]
 *      [--seconds 10] [--warmup 6] [--producers 1] [--strings TOUCHED]
 * </pre>
 * Producers hand over reference events as {@code track}, as fast as the library takes them: with ours they park when the
 * ring is full, with the other it holds them up itself (see {@link AnalyticsJavaMessages}).
 * {@code analytics_java} alone is as it comes; {@code +nodelay} takes away what is no matter of the library's (see {@link
 * NoDelaySockets}). Each run has a JVM of its own
 * (see {@link ChildJvm#MEASURED_HEAP}), and a collector, which checks every message, in another. Both send as many messages
 * in a batch as they do by default, which is 250. Rates and costs are of the window after the warm-up; client CPU and heap
 * are of the client's process alone and contain the producers, whose own heap is that of the whole run. At the end
 * everything handed over must be delivered, and the collector must have seen as many different messages; otherwise the run
 * fails.
 */
public final class DeliveryComparison {
    private static final String RUNS = "penstock_builder+gzip,penstock_builder,penstock_typed+gzip,analytics_java,"
            + "analytics_java+nodelay,analytics_java+nodelay+gzip";
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);

    private DeliveryComparison() {}

    /**
     * Runs all and prints a table.
     *
     * @param args see above; {@code --run} runs one in this JVM
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = new Options(args, Set.of("runs", "seconds", "warmup", "producers", "strings", "run"));
        if (options.has("run")) {
            run(options).write();
            return;
        }
        Map<String, Results> runs = new LinkedHashMap<>();
        for (String name : options.list("runs", RUNS)) {
            runs.put(
                    name.replace('_', ' ').replace("+", ", "),
                    ChildJvm.measure(
                            DeliveryComparison.class, options.without("runs").with("run", name)));
        }
        Results.printRatios(runs);
    }

    private static Results run(Options options) throws IOException, InterruptedException {
        String name = options.text("run", "");
        List<String> parts = List.of(name.split("\\+", -1));
        Contender contender = Contender.valueOf(parts.get(0).toUpperCase(Locale.ROOT));
        Wire wire = Wire.of(parts.subList(1, parts.size()));
        try (CollectorProcess collector = new CollectorProcess()) {
            MessageClient client = contender.open(collector.host(), wire);
            List<Producer> producers = producers(options, client);
            producers.forEach(Thread::start);
            Thread.sleep(1_000L * options.number("warmup", 6));
            DeliveryMark began = DeliveryMark.now(client.delivered(), collector);
            Thread.sleep(1_000L * options.number("seconds", 10));
            DeliveryMark ended = DeliveryMark.now(client.delivered(), collector);
            producers.forEach(Producer::finish);
            long sent = 0;
            double allocated = 0;
            for (Producer producer : producers) {
                producer.awaitEnd();
                sent += producer.accepted();
                allocated += producer.allocatedBytes();
            }
            client.flush();
            awaitDelivery(client, sent);
            client.close();
            CollectorProcess.Count all = collector.count();
            check(client, sent, all);
            System.out.printf("%s: %,d messages, each delivered once%n", name, sent);
            Results results = began.until(ended, all, "message");
            results.add("producer heap, B/message", "%,.0f", allocated / sent);
            return results;
        }
    }

    private static List<Producer> producers(Options options, MessageClient client) {
        ReferenceEvents.Strings strings = ReferenceEvents.Strings.valueOf(options.text("strings", "TOUCHED"));
        List<Producer> producers = new ArrayList<>();
        for (int i = 0; i < options.number("producers", 1); i++) {
            producers.add(new Producer(new Source(client, new ReferenceEvents(strings, i)), i));
        }
        return producers;
    }

    /** Reference events without end. */
    private static final class Source implements EventSource {
        private final MessageClient client;
        private final ReferenceEvents events;
        private ReferenceEvent current;

        Source(MessageClient client, ReferenceEvents events) {
            this.client = client;
            this.events = events;
        }

        @Override
        public boolean advance() {
            current = events.next();
            return true;
        }

        @Override
        public CaptureResult capture() {
            return client.send(current);
        }
    }

    /** One of the libraries gives up what it still has when it is closed, so it is closed afterwards. */
    private static void awaitDelivery(MessageClient client, long sent) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_NS;
        while (client.delivered() + client.lost() < sent && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
    }

    private static void check(MessageClient client, long sent, CollectorProcess.Count all) {
        if (client.lost() != 0
                || client.delivered() != sent
                || all.events() != sent
                || all.distinct() != sent
                || all.invalid() != 0) {
            throw new IllegalStateException(sent + " messages were handed over, " + client.delivered()
                    + " delivered and " + client.lost() + " lost; the collector has " + all);
        }
    }
}
