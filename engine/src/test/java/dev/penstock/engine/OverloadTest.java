package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.LoadedProducers;
import dev.penstock.engine.testing.SegmentFixture;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many producers and a server that stands still: what each policy promises, and what has priority. */
@Timeout(120)
class OverloadTest {

    private static final int PRODUCERS = 4;
    private static final int RING_SLOTS = 2_048;
    private static final int RESERVE = RING_SLOTS / 16;
    private static final String TEXT = "x".repeat(2_000);

    /** What the machine may take a thread away for; a request hangs six times as long. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(1);

    private static UnaryOperator<ClientConfig.Builder> stalled(OverflowPolicy policy, Duration wait) {
        return config -> config.ringSlots(RING_SLOTS)
                .maxBatchEvents(10)
                .maxInFlightRequests(1)
                .maxInFlightBytes(1 << 20)
                .requestTimeout(REQUEST_TIMEOUT)
                .compression(false)
                .overflowPolicy(policy)
                .overflowWait(wait);
    }

    private static CaptureResult plain(CaptureClient client) {
        return client.capture("user", "plain", Map.of("text", TEXT));
    }

    private static CaptureResult small(CaptureClient client) {
        return client.capture("user", "plain", Map.of());
    }

    /** Has small plain events until none has been taken for a while. */
    private static void fill(Supplier<CaptureResult> small) {
        int fullInARow = 0;
        for (int i = 0; fullInARow < 10; i++) {
            assertThat(i).as("captures until full").isLessThan(100_000);
            if (small.get() == CaptureResult.RING_FULL) {
                fullInARow++;
                Await.pause(Duration.ofMillis(100));
            } else {
                fullInARow = 0;
            }
        }
    }

    private static long arrived(Collector collector, String event) {
        return collector.events().stream()
                .map(ReceivedEvent::event)
                .filter(event::equals)
                .count();
    }

    private static void assertAccounted(ClientFixture fixture, LoadedProducers load) {
        ClientStats stats = fixture.stats();
        for (CaptureResult answer : CaptureResult.values()) {
            assertThat(stats.results().get(answer)).as(answer.name()).isEqualTo(load.answers(answer));
        }
    }

    @Test
    void shouldNeverBlockUnderDropNewestAndCountEveryAnswer() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(
                        collector, stalled(OverflowPolicy.DROP_NEWEST, ClientConfig.DEFAULT_OVERFLOW_WAIT))) {
            collector.answerAll(Answer.hang());
            LoadedProducers load = LoadedProducers.run(
                    PRODUCERS,
                    5_000,
                    (producer, i) -> i % 50 == 49
                            ? fixture.client().identify("user-" + producer).send()
                            : plain(fixture.client()));

            assertThat(load.answers(CaptureResult.ACCEPTED) + load.answers(CaptureResult.RING_FULL))
                    .isEqualTo(PRODUCERS * 5_000L);
            assertThat(load.answers(CaptureResult.ACCEPTED)).isPositive();
            assertThat(load.answers(CaptureResult.RING_FULL)).isPositive();
            assertThat(load.longest()).isLessThan(SLACK);
            assertThat(load.waits()).as("times a producer waited").isZero();
            assertAccounted(fixture, load);

            collector.answerNormally();
            collector.release();
            fixture.flush();
            ClientStats stats = fixture.stats();
            assertThat(stats.delivered()).isEqualTo(load.answers(CaptureResult.ACCEPTED));
            assertThat(collector.stats().distinct()).isEqualTo(stats.delivered());
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldKeepWhatHasPriorityWhilePlainEventsAreDropped() {
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(
                        collector, stalled(OverflowPolicy.DROP_NEWEST, ClientConfig.DEFAULT_OVERFLOW_WAIT))) {
            collector.answerAll(Answer.hang());
            CaptureClient client = fixture.client();
            LoadedProducers.run(PRODUCERS, 1_000, (producer, i) -> plain(client));
            fill(() -> small(client));
            // Plain claims that race may have taken a few of them.
            long reserved = RING_SLOTS - fixture.stats().ring().occupied();
            assertThat(reserved).isBetween((long) RESERVE - PRODUCERS * 5, (long) RESERVE);

            RuntimeException thrown = new IllegalStateException("refused");
            thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", 1)});
            assertThat(client.captureException("user", thrown, Map.of())).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(client.alias().distinctId("user").alias("second").send()).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(client.groupIdentify("company", "acme")
                            .setGroup("size", 7)
                            .send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            long left = RING_SLOTS - fixture.stats().ring().occupied();
            for (int i = 0; i < left; i++) {
                assertThat(small(client)).isEqualTo(CaptureResult.RING_FULL);
                assertThat(client.identify("user-" + i).send()).isEqualTo(CaptureResult.ACCEPTED);
            }
            assertThat(client.identify("one too many").send()).isEqualTo(CaptureResult.RING_FULL);

            collector.answerNormally();
            collector.release();
            fixture.flush();
            assertThat(arrived(collector, "$exception")).isEqualTo(1);
            assertThat(arrived(collector, "$create_alias")).isEqualTo(1);
            assertThat(arrived(collector, "$groupidentify")).isEqualTo(1);
            assertThat(arrived(collector, "$identify")).isEqualTo(left);
            assertThat(collector.stats().distinct()).isEqualTo(fixture.stats().accepted());
        }
    }

    @Test
    void shouldKeepWhoIsWhoOfSegmentWhileTracksAreDropped() {
        try (Collector collector = Collector.start();
                SegmentFixture fixture = SegmentFixture.of(
                        collector.uri(),
                        config -> config.ringSlots(RING_SLOTS)
                                .maxBatchMessages(10)
                                .maxInFlightRequests(1)
                                .maxInFlightBytes(1 << 20)
                                .requestTimeout(REQUEST_TIMEOUT)
                                .compression(false))) {
            collector.answerAll(Answer.hang());
            SegmentAnalytics client = fixture.client();
            LoadedProducers.run(
                    PRODUCERS,
                    1_000,
                    (producer, i) ->
                            client.track("plain").userId("u").put("text", TEXT).send());
            fill(() -> client.track("plain").userId("u").send());

            assertThat(client.page("plain").userId("u").send()).isEqualTo(CaptureResult.RING_FULL);
            assertThat(client.identify("u").put("plan", "gold").send()).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(client.group("g").userId("u").send()).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(client.alias().previousId("a").userId("u").send()).isEqualTo(CaptureResult.ACCEPTED);

            collector.answerNormally();
            collector.release();
            fixture.flush();
            assertThat(collector.stats().distinct()).isEqualTo(client.stats().accepted());
        }
    }

    @Test
    void shouldWaitNoLongerThanItsBoundUnderWait() {
        Duration wait = Duration.ofMillis(20);
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(collector, stalled(OverflowPolicy.WAIT, wait))) {
            collector.answerAll(Answer.hang());
            CaptureClient client = fixture.client();
            LoadedProducers.run(PRODUCERS, 400, (producer, i) -> plain(client));
            fill(() -> small(client));
            AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);

            LoadedProducers full = LoadedProducers.run(PRODUCERS, 20, (producer, i) -> {
                long before = System.nanoTime();
                CaptureResult answer = plain(client);
                shortest.accumulateAndGet(System.nanoTime() - before, Math::min);
                return answer;
            });
            assertThat(full.answers(CaptureResult.RING_FULL)).isEqualTo(PRODUCERS * 20L);
            assertThat(shortest.get()).isGreaterThanOrEqualTo(wait.toNanos());
            assertThat(full.longest()).isLessThan(wait.plus(SLACK));
            assertThat(client.identify("user").send()).isEqualTo(CaptureResult.ACCEPTED);

            collector.answerNormally();
            collector.release();
            fixture.flush();
            assertThat(collector.stats().distinct()).isEqualTo(fixture.stats().accepted());
        }
    }

    @Test
    void shouldLoseNothingUnderWaitWhenRoomComesInTime() {
        try (Collector collector = Collector.start();
                ClientFixture fixture =
                        ClientFixture.of(collector, stalled(OverflowPolicy.WAIT, Duration.ofSeconds(10)))) {
            collector.answerAll(Answer.hang());
            Thread releasing = new Thread(() -> {
                Await.until(() -> fixture.client().remainingCapacity() < RESERVE, "the ring is nearly full");
                collector.answerNormally();
                collector.release();
            });
            releasing.start();

            LoadedProducers load = LoadedProducers.run(PRODUCERS, 2_000, (producer, i) -> plain(fixture.client()));
            Await.end(releasing);
            fixture.flush();

            assertThat(load.answers(CaptureResult.ACCEPTED)).isEqualTo(PRODUCERS * 2_000L);
            assertThat(load.waits()).as("times a producer waited").isPositive();
            assertThat(collector.stats().distinct()).isEqualTo(PRODUCERS * 2_000L);
            assertAccounted(fixture, load);
        }
    }

    @Test
    void shouldNotHaveAListenerWaitForItself() {
        CountDownLatch full = new CountDownLatch(1);
        AtomicReference<CaptureClient> client = new AtomicReference<>();
        AtomicReference<CaptureResult> answer = new AtomicReference<>();
        AtomicLong took = new AtomicLong();
        try (Collector collector = Collector.start();
                ClientFixture fixture = ClientFixture.of(
                        collector,
                        config -> stalled(OverflowPolicy.WAIT, Duration.ofSeconds(10))
                                .apply(config)
                                .deliveryListener(notice -> {
                                    if (answer.get() == null) {
                                        Await.latch(full, "the ring is full");
                                        long before = System.nanoTime();
                                        CaptureResult result = small(client.get());
                                        took.set(System.nanoTime() - before);
                                        answer.set(result);
                                    }
                                }))) {
            client.set(fixture.client());
            fixture.capture("first");
            collector.awaitEvents(1, Await.LONG);
            collector.answerAll(Answer.hang());
            // Only the client's own thread is to meet the full ring.
            Await.until(
                    () -> {
                        if (fixture.client().remainingCapacity() > 10) {
                            plain(fixture.client());
                            return false;
                        }
                        Await.pause(Duration.ofMillis(50));
                        return fixture.client().remainingCapacity() <= 10;
                    },
                    "the ring is nearly full");
            while (fixture.client().remainingCapacity() > 0) {
                small(fixture.client());
            }
            full.countDown();
            Await.until(() -> answer.get() != null, "the listener has captured");

            assertThat(answer.get()).isEqualTo(CaptureResult.RING_FULL);
            assertThat(Duration.ofNanos(took.get())).isLessThan(Duration.ofSeconds(5));
            collector.answerNormally();
            collector.release();
            fixture.flush();
        }
    }
}
