package dev.penstock.cli.demo;

import dev.penstock.cli.common.ClientLog;
import dev.penstock.cli.common.ClientOptions;
import dev.penstock.cli.common.Drain;
import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.Interruption;
import dev.penstock.cli.common.Patience;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs a demo from the start of the collector to the final account. Used once, by one thread. */
final class DemoRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Project key and write key alike. */
    private static final String KEY = "phc_penstock_demo";

    private final DemoPlan plan;
    private final Screen screen;
    private final ClientLog log;
    private final CaptureTimes times = new CaptureTimes();
    private final List<Producer> producers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    DemoRun(DemoPlan plan, Screen screen, ClientLog log) {
        this.plan = plan;
        this.screen = screen;
        this.log = log;
    }

    /** The report is written before the process may end, also when it was told to stop. */
    DemoResult run(Consumer<DemoResult> report) throws InterruptedException {
        try (Collector collector = Collector.builder()
                        .mode(CollectorMode.COUNT)
                        .apiKey(KEY)
                        .start();
                EventClient client = plan.protocol().open(options(collector))) {
            if (!plan.silent()) {
                screen.line("penstock demo: " + plan.text() + ", speaking " + plan.protocol() + " to a collector on "
                        + collector.uri());
                if (plan.spools()) {
                    screen.line("  spool " + plan.spool().directory());
                }
                screen.line("");
            }
            try (Interruption interruption = new Interruption(() -> leave(client))) {
                DemoResult result = drive(client, collector, interruption);
                report.accept(result);
                return result;
            }
        }
    }

    private void leave(EventClient client) {
        producers.forEach(Producer::stop);
        client.close(Drain.HASTY_CLOSE);
    }

    private ClientOptions options(Collector collector) {
        return new ClientOptions(
                "demo",
                KEY,
                collector.uri().toString(),
                plan.batchSize(),
                plan.gzip(),
                ClientOptions.Purpose.LIVE,
                plan.spool(),
                log,
                (message, cause) -> screen.complain(message),
                null);
    }

    private DemoResult drive(EventClient client, Collector collector, Interruption interruption)
            throws InterruptedException {
        Patience patience = new Patience(PATIENCE, PATIENCE);
        DemoProgress progress = new DemoProgress(plan, screen, times);
        makeProducers(client);
        long start = System.nanoTime();
        threads.forEach(Thread::start);
        boolean moving = watch(start, client, progress, patience, interruption);
        producers.forEach(Producer::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        Drain drain = new Drain(client, patience, interruption::requested, 0);
        boolean drained = moving && drain.await(progress::tick);
        long elapsed = System.nanoTime() - start;
        ClientStats stats = drain.close(drained);
        long told = producers.stream().mapToLong(Producer::accepted).sum();
        return new DemoResult(
                told, stats, collector.stats(), elapsed, times.total(), trouble(interruption.requested(), drained));
    }

    private void makeProducers(EventClient client) {
        ImpressionPools pools = new ImpressionPools(plan.seed());
        for (int i = 0; i < plan.producers(); i++) {
            ImpressionStream stream = new ImpressionStream(pools, plan.seed() + 1 + i);
            double offset = plan.intervalNs() * i / plan.producers();
            Producer producer = new Producer(
                    new ImpressionCapture(client), stream, times.recorder(), plan.quota(i), plan.intervalNs(), offset);
            producers.add(producer);
            Thread thread = new Thread(producer, "demo-producer-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /** Watches until the producers are done, by time or by quota; false if nothing moves any more. */
    private boolean watch(
            long start, EventClient client, DemoProgress progress, Patience patience, Interruption interruption)
            throws InterruptedException {
        long end = plan.events() == 0 ? start + TimeUnit.SECONDS.toNanos(plan.seconds()) : Long.MAX_VALUE;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || interruption.await(Math.min(left, progress.dueInMillis()))) {
                return true;
            }
            if (progress.isDue()) {
                ClientStats stats = client.stats();
                progress.tick(stats);
                if (patience.exhausted(stats)) {
                    return false;
                }
            }
        }
        return true;
    }

    private String trouble(boolean interrupted, boolean drained) {
        if (interrupted) {
            return "interrupted";
        }
        List<CaptureResult> failures = producers.stream()
                .map(Producer::failure)
                .filter(failure -> failure != null)
                .collect(Collectors.toList());
        if (!failures.isEmpty()) {
            return "a capture was answered " + failures.get(0);
        }
        return drained ? "" : "gave up after nothing had been settled for " + PATIENCE.toSeconds() + " s";
    }
}
