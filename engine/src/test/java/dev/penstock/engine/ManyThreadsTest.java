package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.Outcome;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorMode;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many producers, coming and going, and a close among them. */
@Timeout(120)
class ManyThreadsTest {

    @Test
    void shouldAccountForEveryEventOfSixtyFourThreads() {
        int threads = 64;
        int each = 500;
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(collector, config -> config.ringSlots(65_536))) {
            List<Thread> producers = new ArrayList<>();
            CountDownLatch go = new CountDownLatch(1);
            for (int t = 0; t < threads; t++) {
                String user = "user-" + t;
                producers.add(new Thread(
                        () -> {
                            Await.latch(go, "go");
                            for (int i = 0; i < each; i++) {
                                fixture.client()
                                        .event("hit")
                                        .distinctId(user)
                                        .put("n", i)
                                        .send();
                            }
                        },
                        user));
            }
            producers.forEach(Thread::start);
            go.countDown();
            producers.forEach(Await::end);
            fixture.flush();

            ClientStats stats = fixture.stats();
            assertThat(stats.accepted() + stats.refusals()).isEqualTo((long) threads * each);
            assertThat(stats.refusals()).isEqualTo(stats.results().get(CaptureResult.RING_FULL));
            assertThat(stats.delivered()).isEqualTo(stats.accepted());
            assertThat(collector.stats().distinct()).isEqualTo(stats.accepted());
            assertThat(collector.stats().duplicates()).isZero();
            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
            assertInOrderOfEachThread(collector, each);
        }
    }

    private static void assertInOrderOfEachThread(Collector collector, int each) {
        Map<String, boolean[]> seen = new HashMap<>();
        for (ReceivedEvent event : collector.events()) {
            int n = Math.toIntExact((Long) event.property("n"));
            boolean[] of = seen.computeIfAbsent(event.distinctId(), id -> new boolean[each]);
            assertThat(of[n]).as("%s %s twice", event.distinctId(), n).isFalse();
            of[n] = true;
        }
        collector.requests().forEach(request -> {
            Map<String, Long> last = new HashMap<>();
            for (ReceivedEvent event : request.events()) {
                Long n = (Long) event.property("n");
                Long before = last.put(event.distinctId(), n);
                assertThat(before == null || before < n)
                        .as("order within a request of %s", event.distinctId())
                        .isTrue();
            }
        });
    }

    @Test
    void shouldKeepNothingOfThreadsThatCameAndWent() {
        int threads = 5_000;
        try (Collector collector = Collector.builder().mode(CollectorMode.COUNT).start();
                ClientFixture fixture = ClientFixture.of(collector, config -> config.ringSlots(16_384))) {
            runShortThreads(fixture, 500);
            fixture.flush();
            long before = heapAfterCollection();
            runShortThreads(fixture, threads);
            fixture.flush();
            long after = heapAfterCollection();

            ClientStats stats = fixture.stats();
            assertThat(stats.accepted()).as(stats.summary()).isEqualTo(3L * (threads + 500));
            assertThat(stats.delivered()).isEqualTo(stats.accepted());
            // A kept scratch holds several kilobytes; 5,000 of them would be tens of megabytes.
            assertThat(after - before).as("heap growth").isLessThan(4L << 20);
        }
    }

    /** Each thread captures in all ways, and drops one builder without ending it. */
    private static void runShortThreads(ClientFixture fixture, int count) {
        for (int i = 0; i < count; i += 10) {
            List<Thread> some = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                Thread thread = new Thread(() -> {
                    fixture.client().capture("user", "map", Map.of("a", 1));
                    fixture.client().event("abandoned").put("text", "never sent");
                    fixture.client().event("builder").distinctId("user").send();
                    fixture.client()
                            .capture((writer, n) -> writer.event("translator").put("n", n), 5);
                });
                some.add(thread);
                thread.start();
            }
            some.forEach(Await::end);
        }
    }

    private static long heapAfterCollection() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @Test
    void shouldAccountForEveryEventWhenCaptureRacesClose() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            raceClose(random, "seed " + seed + ", round " + round);
        }
    }

    private static void raceClose(Random random, String context) {
        int lanes = 1 + random.nextInt(3);
        long spin = random.nextInt(20_000_000);
        boolean discard = random.nextInt(3) == 0;
        int large = random.nextInt(3) == 0 ? 20_000 : 700;
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(
                        collector,
                        config -> config.ringSlots(1_024)
                                .lanes(lanes)
                                .maxBatchEvents(50)
                                .linger(Duration.ofMillis(5)))) {
            int threads = 8;
            AtomicLong accepted = new AtomicLong();
            AtomicLong others = new AtomicLong();
            List<Thread> producers = new ArrayList<>();
            CountDownLatch go = new CountDownLatch(1);
            String text = "x".repeat(large);
            for (int t = 0; t < threads; t++) {
                producers.add(new Thread(() -> {
                    Await.latch(go, "go");
                    CaptureResult result = CaptureResult.ACCEPTED;
                    for (int i = 0; result != CaptureResult.CLOSED; i++) {
                        result = i % 7 == 0
                                ? fixture.client().capture("u", "large", Map.of("text", text))
                                : fixture.client().event("small").put("i", i).send();
                        (result == CaptureResult.ACCEPTED ? accepted : others).incrementAndGet();
                    }
                }));
            }
            producers.forEach(Thread::start);
            go.countDown();
            Await.pause(Duration.ofNanos(spin));
            CloseReport report =
                    discard ? fixture.client().discard() : fixture.client().close(Duration.ofSeconds(20));
            producers.forEach(Await::end);
            ClientStats stats = fixture.stats();

            assertThat(report.threadsStopped()).as(context).isTrue();
            assertThat(report.drained()).as(context).isEqualTo(report.stats().discarded() == 0);
            assertThat(stats.accepted()).as(context).isEqualTo(accepted.get());
            assertThat(report.stats().accepted()).as(context).isEqualTo(accepted.get());
            assertThat(stats.refusals()).as(context).isEqualTo(others.get());
            assertThat(stats.pending().total()).as(context + stats.summary()).isZero();
            assertThat(stats.isBalanced()).as(context + stats.summary()).isTrue();
            assertThat(stats.refused() + stats.expired()).as(context).isZero();
            if (discard) {
                assertThat(collector.stats().distinct()).as(context).isGreaterThanOrEqualTo(stats.delivered());
            } else {
                assertThat(stats.delivered()).as(context).isEqualTo(accepted.get());
                assertThat(collector.stats().distinct()).as(context).isEqualTo(accepted.get());
                assertThat(collector.stats().duplicates()).as(context).isZero();
            }
        }
    }

    @Test
    void shouldNeverCountBackwardsNorMoreOutcomesThanAcceptances() {
        try (Collector collector = Collector.builder().mode(CollectorMode.COUNT).start();
                ClientFixture fixture = ClientFixture.of(
                        collector,
                        config -> config.ringSlots(1_024).maxBatchEvents(50).linger(Duration.ofMillis(1)))) {
            AtomicBoolean stop = new AtomicBoolean();
            AtomicReference<String> violation = new AtomicReference<>();
            AtomicLong readings = new AtomicLong();
            Thread reader = new Thread(
                    () -> {
                        ClientStats last = fixture.stats();
                        while (!stop.get() && violation.get() == null) {
                            ClientStats next = fixture.stats();
                            violation.set(compare(last, next));
                            last = next;
                            readings.incrementAndGet();
                        }
                    },
                    "reader");
            List<Thread> producers = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                producers.add(new Thread(() -> {
                    for (int i = 0; i < 60_000; i++) {
                        fixture.client()
                                .event("hit")
                                .distinctId("u")
                                .put("i", i)
                                .send();
                        if (i % 64 == 0) {
                            Await.pause(Duration.ofNanos(1_000));
                        }
                    }
                }));
            }
            reader.start();
            producers.forEach(Thread::start);
            producers.forEach(Await::end);
            fixture.flush();
            stop.set(true);
            Await.end(reader);

            assertThat(violation.get()).isNull();
            assertThat(readings.get()).isPositive();
            assertThat(fixture.stats().accepted() + fixture.stats().refusals()).isEqualTo(120_000);
            assertThat(collector.stats().distinct()).isEqualTo(fixture.stats().accepted());
        }
    }

    private static String compare(ClientStats last, ClientStats next) {
        long outcomes = next.delivered() + next.refused() + next.expired() + next.discarded();
        if (outcomes > next.accepted()) {
            return "more outcomes than acceptances: " + next.summary();
        }
        for (CaptureResult result : CaptureResult.values()) {
            if (next.results().get(result) < last.results().get(result)) {
                return result + " went back: " + last + " then " + next;
            }
        }
        for (Outcome outcome : Outcome.values()) {
            if (next.outcomes().get(outcome) < last.outcomes().get(outcome)) {
                return outcome + " went back: " + last + " then " + next;
            }
        }
        ClientStats.Delivery before = last.delivery();
        ClientStats.Delivery after = next.delivery();
        boolean backwards = after.requests() < before.requests()
                || after.retries() < before.retries()
                || after.wireBytes() < before.wireBytes()
                || after.plainBytes() < before.plainBytes();
        boolean negative = next.pending().inRing() < 0
                || next.pending().inOpenBatch() < 0
                || next.pending().inFlight() < 0
                || next.ring().occupied() < 0
                || next.ring().occupied() > next.ring().slots();
        return backwards || negative ? "impossible: " + last + " then " + next : null;
    }
}
