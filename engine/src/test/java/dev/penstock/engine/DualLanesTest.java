package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.FlushResult;
import dev.penstock.client.segment.DualAnalytics;
import dev.penstock.client.segment.DualBuilder;
import dev.penstock.client.segment.DualCloseReport;
import dev.penstock.client.segment.DualResult;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.collector.Route;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.DualFixture;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two back ends behind one call: what happens to one leaves the other alone, and both accounts balance. */
@Timeout(60)
class DualLanesTest {

    private static final String LARGE = "x".repeat(6_000);
    private static final Pattern SENT_AT = Pattern.compile("\"sent(?:At|_at)\":\"([^\"]+)\"");

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private static DualResult track(DualAnalytics analytics, String event) {
        return analytics.track(event).userId("u").put("n", 1).send();
    }

    private static DualResult result(CaptureResult segment, CaptureResult posthog) {
        return new DualResult(segment, posthog);
    }

    /** One back end, seen from a test. */
    enum Side {
        SEGMENT(Route.SEGMENT),
        POSTHOG(Route.BATCH);

        private final Route route;

        Side(Route route) {
            this.route = route;
        }

        Side other() {
            return this == SEGMENT ? POSTHOG : SEGMENT;
        }

        void discard(DualAnalytics analytics) {
            if (this == SEGMENT) {
                analytics.segment().discard();
            } else {
                analytics.posthog().discard();
            }
        }

        void setEnabled(DualAnalytics analytics, boolean enabled) {
            if (this == SEGMENT) {
                analytics.segment().setEnabled(enabled);
            } else {
                analytics.posthog().setEnabled(enabled);
            }
        }

        FlushResult flush(DualAnalytics analytics, Duration timeout) {
            return this == SEGMENT
                    ? analytics.segment().flush(timeout)
                    : analytics.posthog().flush(timeout);
        }

        ClientStats stats(DualAnalytics analytics) {
            return this == SEGMENT
                    ? analytics.segment().stats()
                    : analytics.posthog().stats();
        }

        CaptureResult of(DualResult result) {
            return this == SEGMENT ? result.segment() : result.posthog();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverToOneWhileTheOtherIsClosed(Side closed) {
        try (DualFixture fixture = DualFixture.of(collector)) {
            closed.discard(fixture.analytics());
            DualResult result = track(fixture.analytics(), "e");

            assertThat(closed.of(result)).isEqualTo(CaptureResult.CLOSED);
            assertThat(closed.other().of(result)).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(result.isAccepted()).isFalse();
            assertThat(fixture.analytics().flush(Await.LONG)).isEqualTo(FlushResult.CLOSED);
            assertThat(collector.eventsBy(closed.other().route)).hasSize(1);
            assertThat(collector.eventsBy(closed.route)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverToOneWhileTheOtherIsOff(Side off) {
        try (DualFixture fixture = DualFixture.of(collector)) {
            off.setEnabled(fixture.analytics(), false);
            DualResult result = track(fixture.analytics(), "not to both");
            off.setEnabled(fixture.analytics(), true);
            assertThat(track(fixture.analytics(), "to both").isAccepted()).isTrue();
            fixture.flush();

            assertThat(off.of(result)).isEqualTo(CaptureResult.DISABLED);
            assertThat(off.other().of(result)).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(collector.eventsBy(off.route)).hasSize(1);
            assertThat(collector.eventsBy(off.other().route)).hasSize(2);
        }
    }

    @Test
    void shouldKeepTheSizeLimitOfEach() {
        try (DualFixture fixture = DualFixture.of(collector)) {
            DualAnalytics analytics = fixture.analytics();
            DualResult result = analytics
                    .track("large for Segment")
                    .userId("u")
                    .put("text", "x".repeat(40_000))
                    .send();
            assertThat(result).isEqualTo(result(CaptureResult.TOO_LARGE, CaptureResult.ACCEPTED));
            fixture.flush();
            assertThat(collector.events()).extracting(ReceivedEvent::route).containsExactly(Route.BATCH);
        }
        collector.reset();
        try (DualFixture fixture = DualFixture.of(collector, config -> config.maxEventBytes(1_024), config -> config)) {
            DualResult result = fixture.analytics()
                    .track("large for PostHog")
                    .userId("u")
                    .put("text", LARGE)
                    .send();
            assertThat(result).isEqualTo(result(CaptureResult.ACCEPTED, CaptureResult.TOO_LARGE));
            fixture.flush();
            assertThat(collector.events()).extracting(ReceivedEvent::route).containsExactly(Route.SEGMENT);
        }
    }

    @Test
    void shouldSendToSegmentWhatAHookKeepsFromPostHog() {
        try (DualFixture fixture =
                DualFixture.of(collector, config -> config.beforeSend(event -> null), config -> config)) {
            assertThat(track(fixture.analytics(), "e"))
                    .isEqualTo(result(CaptureResult.ACCEPTED, CaptureResult.FILTERED));
            fixture.flush();
            assertThat(collector.events()).extracting(ReceivedEvent::route).containsExactly(Route.SEGMENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFillOneRingAndLeaveTheOtherOpen(Side full) {
        collector.answerWhen(request -> request.route() == full.route, Answer.hang());
        try (DualFixture fixture = DualFixture.of(
                collector,
                config -> full == Side.POSTHOG
                        ? config.ringSlots(64)
                                .maxBatchEvents(1)
                                .maxInFlightRequests(1)
                                .maxInFlightBytes(1 << 20)
                        : config.ringSlots(65_536),
                config -> full == Side.SEGMENT
                        ? config.ringSlots(64)
                                .maxBatchMessages(1)
                                .maxInFlightRequests(1)
                                .maxInFlightBytes(1 << 20)
                        : config.ringSlots(65_536))) {
            DualAnalytics analytics = fixture.analytics();
            int sent = 0;
            DualResult last;
            do {
                last = analytics.track("large").userId("u").put("text", LARGE).send();
                assertThat(full.other().of(last)).isEqualTo(CaptureResult.ACCEPTED);
                assertThat(++sent).isLessThan(5_000);
            } while (full.of(last) == CaptureResult.ACCEPTED);
            assertThat(full.of(last)).isEqualTo(CaptureResult.RING_FULL);
            assertThat(full.other().flush(analytics, Await.LONG)).isEqualTo(FlushResult.COMPLETED);
            assertThat(full.other().stats(analytics).delivered()).isEqualTo(sent);
            assertThat(full.stats(analytics).delivered()).isZero();

            collector.answerNormally();
            collector.release();
            fixture.flush();
            assertThat(full.stats(analytics).delivered())
                    .isEqualTo(full.stats(analytics).accepted());
            assertThat(full.stats(analytics).results().get(CaptureResult.RING_FULL))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverToOneWhileTheOtherHangs(Side hanging) {
        collector.answerWhen(request -> request.route() == hanging.route, Answer.hang());
        try (DualFixture fixture = DualFixture.of(collector)) {
            DualAnalytics analytics = fixture.analytics();
            assertThat(track(analytics, "e").isAccepted()).isTrue();

            assertThat(analytics.flush(Duration.ofMillis(300))).isEqualTo(FlushResult.TIMED_OUT);
            collector.awaitEventsBy(hanging.other().route, 1, Await.LONG);
            assertThat(hanging.other().flush(analytics, Await.LONG)).isEqualTo(FlushResult.COMPLETED);
            assertThat(hanging.stats(analytics).pending().total()).isEqualTo(1);
            collector.awaitRequests(2, Await.LONG); // what comes after the release would hang
            collector.release();
            fixture.flush();
            assertThat(hanging.stats(analytics).delivered()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepIdsOverRetriesOfBoth() {
        collector.answerNextTo(Route.SEGMENT, Answer.status(503), Answer.reset());
        collector.answerNextTo(Route.BATCH, Answer.status(500));
        try (DualFixture fixture = DualFixture.of(collector)) {
            assertThat(track(fixture.analytics(), "made here").isAccepted()).isTrue();
            assertThat(fixture.analytics()
                            .track("the caller's")
                            .userId("u")
                            .messageId("order/7")
                            .send()
                            .isAccepted())
                    .isTrue();
            fixture.flush();

            List<String> ids = ids(collector.eventsBy(Route.BATCH));
            assertThat(ids).hasSize(2).doesNotHaveDuplicates();
            assertThat(ids(collector.eventsBy(Route.SEGMENT))).isEqualTo(ids);
            assertThat(collector.requestsTo(Route.SEGMENT))
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(ids(request.events())).isEqualTo(ids));
            assertThat(collector.requestsTo(Route.BATCH))
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(ids(request.events())).isEqualTo(ids));
        }
    }

    private static List<String> ids(List<ReceivedEvent> events) {
        return events.stream().map(ReceivedEvent::uuid).toList();
    }

    @Test
    void shouldRefuseAtOneWhatTheOtherTakes() {
        collector.answerWhen(request -> request.route() == Route.SEGMENT, Answer.status(401));
        try (DualFixture fixture = DualFixture.of(collector)) {
            track(fixture.analytics(), "e");
            assertThat(fixture.analytics().flush(Await.LONG)).isEqualTo(FlushResult.COMPLETED);

            assertThat(fixture.segment().stats().refused()).isEqualTo(1);
            assertThat(fixture.posthog().stats().delivered()).isEqualTo(1);
        }
    }

    // Flush and close

    @Test
    void shouldFlushWithoutWaitingAndAnswerTheWorse() {
        collector.answerAll(Answer.hang());
        try (DualFixture fixture = DualFixture.of(collector)) {
            track(fixture.analytics(), "e");
            assertThat(fixture.analytics().flush(Duration.ZERO)).isEqualTo(FlushResult.TIMED_OUT);
            assertThat(fixture.analytics().flush(null)).isEqualTo(FlushResult.TIMED_OUT);
            collector.awaitRequests(2, Await.LONG);
            collector.answerNormally();
            collector.release();
            fixture.flush();
        }
    }

    @Test
    void shouldCloseBothWithinOneTimeoutWhenBothHang() {
        collector.answerAll(Answer.hang());
        try (DualFixture fixture = DualFixture.of(
                collector,
                config -> config.requestTimeout(Duration.ofMinutes(1)),
                config -> config.requestTimeout(Duration.ofMinutes(1)))) {
            for (int i = 0; i < 10; i++) {
                track(fixture.analytics(), "e");
            }
            Duration timeout = Duration.ofSeconds(3);
            long started = System.nanoTime();
            DualCloseReport report = fixture.analytics().close(timeout);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - started);

            assertThat(elapsed).isBetween(timeout, timeout.multipliedBy(2).minusMillis(100));
            assertThat(report.segment().stats().discarded()).isEqualTo(10);
            assertThat(report.posthog().stats().discarded()).isEqualTo(10);
            assertThat(report.segment().threadsStopped()).isTrue();
            assertThat(report.posthog().threadsStopped()).isTrue();
            assertThat(fixture.analytics().close(timeout)).isEqualTo(report);
            assertThat(track(fixture.analytics(), "late"))
                    .isEqualTo(result(CaptureResult.CLOSED, CaptureResult.CLOSED));
        }
    }

    @Test
    void shouldDeliverWhatIsPendingWhenClosed() {
        try (DualFixture fixture = DualFixture.of(collector)) {
            for (int i = 0; i < 25; i++) {
                track(fixture.analytics(), "e");
            }
            fixture.analytics().close();

            assertThat(fixture.segment().stats().delivered()).isEqualTo(25);
            assertThat(fixture.posthog().stats().delivered()).isEqualTo(25);
        }
    }

    @Test
    void shouldDiscardAtBothWhenTheThreadThatClosesIsInterrupted() {
        collector.answerAll(Answer.hang());
        try (DualFixture fixture = DualFixture.of(
                collector,
                config -> config.requestTimeout(Duration.ofMinutes(1)),
                config -> config.requestTimeout(Duration.ofMinutes(1)))) {
            track(fixture.analytics(), "e");
            Thread.currentThread().interrupt();
            long started = System.nanoTime();
            DualCloseReport report = fixture.analytics().close(Duration.ofSeconds(30));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - started);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(elapsed).isLessThan(Duration.ofSeconds(10));
            assertThat(report.segment().stats().discarded()).isEqualTo(1);
            assertThat(report.posthog().stats().discarded()).isEqualTo(1);
        }
    }

    // Many

    @Test
    void shouldDeliverEveryMessageToBothUnderTheSameId() {
        int threads = 4;
        int each = 1_000;
        int total = threads * each;
        AtomicInteger requests = new AtomicInteger();
        collector.answerWhen(request -> requests.incrementAndGet() % 5 == 0, Answer.status(503));
        try (DualFixture fixture = DualFixture.of(
                collector,
                config -> config.maxRetries(20).ringSlots(16_384),
                config -> config.maxRetries(20).ringSlots(16_384))) {
            TestSeed.run(random -> {
                List<Thread> producers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    SplittableRandom own = random.split();
                    producers.add(new Thread(() -> produce(fixture.analytics(), own, each), "producer-" + i));
                }
                producers.forEach(Thread::start);
                producers.forEach(Await::end);
            });
            assertThat(fixture.analytics().flush(Await.LONG)).isEqualTo(FlushResult.COMPLETED);
            assertThat(fixture.segment().stats().delivered()).isEqualTo(total);
            assertThat(fixture.posthog().stats().delivered()).isEqualTo(total);
        }
        assertThat(collector.stats().invalid()).isZero();
        Set<String> messages = Set.copyOf(ids(collector.eventsBy(Route.SEGMENT)));
        assertThat(messages).hasSize(total);
        assertThat(Set.copyOf(ids(collector.eventsBy(Route.BATCH)))).isEqualTo(messages);
    }

    @Test
    void shouldStampNothingLaterThanItIsSent() {
        int threads = 2;
        int each = 2_000;
        try (DualFixture fixture = DualFixture.of(
                collector,
                config -> config.linger(Duration.ZERO).ringSlots(16_384),
                config -> config.linger(Duration.ZERO).ringSlots(16_384))) {
            TestSeed.run(random -> {
                List<Thread> producers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    SplittableRandom own = random.split();
                    producers.add(new Thread(() -> produce(fixture.analytics(), own, each), "producer-" + i));
                }
                producers.forEach(Thread::start);
                producers.forEach(Await::end);
            });
            fixture.flush();
        }
        assertStampedBeforeSent(Route.SEGMENT, threads * each);
        assertStampedBeforeSent(Route.BATCH, threads * each);
    }

    private void assertStampedBeforeSent(Route route, int count) {
        assertThat(collector.eventsBy(route)).hasSize(count);
        for (ReceivedRequest request : collector.requestsTo(route)) {
            Matcher sentAt = SENT_AT.matcher(request.body());
            assertThat(sentAt.find()).isTrue();
            assertThat(request.events())
                    .extracting(ReceivedEvent::timestamp)
                    .allSatisfy(time -> assertThat(time).isBeforeOrEqualTo(Instant.parse(sentAt.group(1))));
        }
    }

    private static void produce(DualAnalytics analytics, SplittableRandom random, int count) {
        for (int i = 0; i < count; i++) {
            DualBuilder builder = switch (random.nextInt(6)) {
                case 0 -> analytics.identify("u").put("plan", "gold");
                case 1 -> analytics.page("p").put("url", "https://example.org/");
                case 2 -> analytics.screen("s").category("c");
                case 3 -> analytics.group("g").put("n", i);
                case 4 -> analytics.alias().previousId("a" + i);
                default -> analytics.track("t").put("n", i);
            };
            assertThat(builder.userId("u").send().isAccepted()).isTrue();
        }
    }

    // Allocation

    @Test
    void shouldAllocateNothingButTheBuilder() {
        ThreadMXBean allocation = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (DualFixture fixture = DualFixture.of(collector)) {
            DualAnalytics analytics = fixture.analytics();
            int burst = 500;
            double least = Double.MAX_VALUE;
            for (int round = 0; round < 40; round++) {
                long before = allocation.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < burst; i++) {
                    analytics
                            .track("e")
                            .userId("u")
                            .put("n", i)
                            .put("url", "x")
                            .put("on", true)
                            .send();
                }
                least = Math.min(least, (double) (allocation.getCurrentThreadAllocatedBytes() - before) / burst);
                fixture.flush();
            }
            assertThat(least).isLessThanOrEqualTo(96);
        }
    }
}
