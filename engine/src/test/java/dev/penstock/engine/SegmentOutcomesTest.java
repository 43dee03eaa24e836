package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.SendReport;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.MessageListener;
import dev.penstock.client.segment.MessageNotice;
import dev.penstock.client.segment.MessageType;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.TrackMessage;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.EngineThreadNames;
import dev.penstock.engine.testing.SegmentFixture;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a caller learns what became of a message: the listener, a send that waits, flush and close. */
@Timeout(60)
class SegmentOutcomesTest {

    /** What close may take beyond its timeout: a second for threads, and something for a busy machine. */
    private static final Duration GRACE = Duration.ofMillis(1_500);

    private static final String UUID_TEXT = "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e40";

    private final Collector collector = Collector.start();
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    /** Remembers what it was told. */
    private static class RecordingListener implements MessageListener {

        final List<MessageNotice> successes = new CopyOnWriteArrayList<>();
        final List<MessageNotice> failures = new CopyOnWriteArrayList<>();

        @Override
        public void onSuccess(MessageNotice notice) {
            successes.add(notice);
        }

        @Override
        public void onFailure(MessageNotice notice) {
            failures.add(notice);
        }

        void await(int successCount, int failureCount) {
            Await.until(
                    () -> successes.size() >= successCount && failures.size() >= failureCount,
                    Await.LONG,
                    "the listener is told",
                    () -> successes + " " + failures);
            assertThat(successes).hasSize(successCount);
            assertThat(failures).hasSize(failureCount);
        }
    }

    private SegmentFixture client() {
        return SegmentFixture.sendingOnFlush(collector.uri(), config -> config.messageListener(listener));
    }

    @Test
    void shouldTellTheListenerOfEachTypeWithItsId() {
        try (SegmentFixture fixture = client()) {
            SegmentAnalytics client = fixture.client();
            client.identify("u").messageId("identify-1").put("type", "mine").send();
            client.track("e").userId("u").messageId(UUID_TEXT).send();
            client.page("messageId").anonymousId("a").messageId("page 漢 \"1\"").send();
            client.screen("s")
                    .userId("u")
                    .anonymousId("a")
                    .category("c")
                    .messageId("screen-1")
                    .send();
            client.group("g")
                    .userId("u")
                    .messageId(UUID_TEXT.toUpperCase(Locale.ROOT))
                    .send();
            client.alias()
                    .previousId("type")
                    .userId("messageId")
                    .messageId("alias-1")
                    .send();
            fixture.flush();
            listener.await(6, 0);
        }
        assertThat(listener.successes)
                .extracting(MessageNotice::type)
                .containsExactly(
                        MessageType.IDENTIFY,
                        MessageType.TRACK,
                        MessageType.PAGE,
                        MessageType.SCREEN,
                        MessageType.GROUP,
                        MessageType.ALIAS);
        assertThat(listener.successes)
                .extracting(MessageNotice::messageId)
                .containsExactly(
                        "identify-1",
                        UUID_TEXT,
                        "page 漢 \"1\"",
                        "screen-1",
                        UUID_TEXT.toUpperCase(Locale.ROOT),
                        "alias-1");
        assertThat(listener.successes).allSatisfy(notice -> {
            assertThat(notice.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(notice.reason()).isEqualTo("status 200");
        });
        assertThat(listener.successes)
                .extracting(MessageNotice::json)
                .containsExactlyElementsOf(
                        collector.events().stream().map(ReceivedEvent::json).toList());
    }

    @Test
    void shouldTellTheListenerTheIdsThatTheClientMade() {
        try (SegmentFixture fixture = client()) {
            fixture.track(100);
            fixture.flush();
            listener.await(100, 0);
        }
        assertThat(listener.successes)
                .extracting(MessageNotice::messageId)
                .containsExactlyElementsOf(
                        collector.events().stream().map(ReceivedEvent::uuid).toList())
                .allMatch(id -> UUID.fromString(id).version() == 7);
    }

    @Test
    void shouldTellSuccessesAndFailuresOfOneBatchApart() {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
        try (SegmentFixture fixture = client()) {
            fixture.track(5);
            fixture.client()
                    .track("poison")
                    .userId("u")
                    .messageId("the-bad-one")
                    .send();
            fixture.track(5);
            fixture.flush();
            listener.await(10, 1);
        }
        assertThat(listener.failures).singleElement().satisfies(notice -> {
            assertThat(notice.messageId()).isEqualTo("the-bad-one");
            assertThat(notice.type()).isEqualTo(MessageType.TRACK);
            assertThat(notice.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(notice.reason()).contains("400");
            assertThat(notice.json()).contains("\"poison\"");
        });
        assertThat(listener.successes).extracting(MessageNotice::messageId).doesNotContain("the-bad-one");
    }

    @Test
    void shouldTellTheListenerWhatIsTooLarge() {
        try (SegmentFixture fixture = client()) {
            fixture.client()
                    .group("g")
                    .userId("u")
                    .messageId("large")
                    .put("t", "\u0001".repeat(10_000))
                    .send();
            fixture.flush();
            listener.await(0, 1);
        }
        MessageNotice notice = listener.failures.get(0);
        assertThat(notice.messageId()).isEqualTo("large");
        assertThat(notice.type()).isEqualTo(MessageType.GROUP);
        assertThat(notice.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(notice.reason()).contains("over the limit");
        assertThat(notice.json()).hasSizeGreaterThan(60_000);
    }

    @Test
    void shouldTellTheListenerOfWhatExpiresAndWhatIsDiscarded() {
        collector.answerAll(Answer.status(503));
        try (SegmentFixture fixture = SegmentFixture.sendingOnFlush(
                collector.uri(), config -> config.maxRetries(1).messageListener(listener))) {
            fixture.track("expires");
            fixture.flush();
            fixture.track("is discarded");
            fixture.client().discard();
            listener.await(0, 2);
        }
        assertThat(listener.failures)
                .extracting(MessageNotice::outcome)
                .containsExactly(Outcome.EXPIRED, Outcome.DISCARDED);
        assertThat(listener.failures.get(0).reason()).contains("1 retries used up", "503");
        assertThat(listener.failures)
                .allSatisfy(notice -> assertThat(notice.reason()).isNotBlank());
    }

    @Test
    void shouldNotTellTheListenerOfWhatWasNotAccepted() {
        try (SegmentFixture fixture = client()) {
            fixture.client().track(null).userId("u").send();
            fixture.client().enqueue(null);
            fixture.client().track("e").userId("u").put("t", "x".repeat(40_000)).send();
            fixture.track(1);
            fixture.flush();
            listener.await(1, 0);
        }
        listener.await(1, 0);
    }

    @Test
    void shouldGoOnWhenTheListenerThrows() {
        List<String> told = new CopyOnWriteArrayList<>();
        MessageListener throwing = new RecordingListener() {
            @Override
            public void onSuccess(MessageNotice notice) {
                super.onSuccess(notice);
                throw new IllegalStateException("listener");
            }

            @Override
            public void onFailure(MessageNotice notice) {
                super.onFailure(notice);
                throw new AssertionError("listener");
            }
        };
        collector.answerNext(Answer.status(401));
        try (SegmentFixture fixture = SegmentFixture.sendingOnFlush(
                collector.uri(),
                config -> config.messageListener(throwing)
                        .errorListener((message, cause) -> told.add(message + " / " + cause)))) {
            fixture.track(5);
            fixture.flush();
            fixture.track(5);
            fixture.flush();
            ((RecordingListener) throwing).await(5, 5);
            Await.until(() -> told.stream().anyMatch(line -> line.contains("listener")), "the error listener is told");

            assertThat(fixture.stats().delivered()).isEqualTo(5);
            assertThat(fixture.stats().refused()).isEqualTo(5);
        }
    }

    @Test
    void shouldLetTheListenerEnqueueMessages() {
        AtomicReference<SegmentAnalytics> client = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        MessageListener echoing = new RecordingListener() {
            @Override
            public void onSuccess(MessageNotice notice) {
                Await.latch(ready, "the client is known");
                if (notice.json().contains("event-")) {
                    client.get()
                            .enqueue(TrackMessage.builder("echo")
                                    .userId("u")
                                    .messageId("echo of " + notice.messageId())
                                    .build());
                }
            }
        };
        try (SegmentFixture fixture = SegmentFixture.of(collector.uri(), config -> config.messageListener(echoing))) {
            client.set(fixture.client());
            ready.countDown();
            fixture.track(20);
            collector.awaitEvents(40, Await.LONG);
            fixture.awaitSettled();

            assertThat(fixture.stats().delivered()).isEqualTo(40);
        }
    }

    @Test
    void shouldDropAndCountNoticesOfASlowListenerAndNoMessage() {
        CountDownLatch hold = new CountDownLatch(1);
        RecordingListener slow = new RecordingListener() {
            @Override
            public void onSuccess(MessageNotice notice) {
                Await.latch(hold, "let go");
                super.onSuccess(notice);
            }
        };
        try (SegmentFixture fixture = SegmentFixture.of(
                collector.uri(),
                config -> config.listenerQueueMessages(50).maxBatchMessages(10).messageListener(slow))) {
            fixture.track(500);
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(500);
            int dropped = Math.toIntExact(fixture.stats().noticesDropped());
            assertThat(dropped).isBetween(400, 490);
            hold.countDown();
            slow.await(500 - dropped, 0);
        }
    }

    private static void assertReport(SendReport report, Outcome outcome, String reason) {
        assertThat(report.result()).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(report.outcome()).contains(outcome);
        assertThat(report.reason()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", UUID_TEXT, "0195514D-6F10-7C3A-9D2E-5B1F0A7C4E40", "order-7", "漢字"})
    void shouldReportADeliveryWithoutAnyFlush(String id) {
        try (SegmentFixture fixture = client()) {
            MessageBuilder message = fixture.client().track("e").userId("u").messageId(id);
            assertReport(message.sendAndAwait(Await.LONG), Outcome.DELIVERED, "200");
            assertThat(message.sendAndAwait(Await.LONG).result()).isEqualTo(CaptureResult.INVALID);
        }
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void shouldReportEachOutcomeOfABatchThatIsSplit() {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
        try (SegmentFixture fixture = client()) {
            List<SendReport> reports = new CopyOnWriteArrayList<>();
            List<Thread> threads = List.of("good", "poison", "good too").stream()
                    .map(name -> new Thread(() ->
                            reports.add(fixture.client().track(name).userId("u").sendAndAwait(Await.LONG))))
                    .toList();
            threads.forEach(Thread::start);
            threads.forEach(Await::end);

            assertThat(reports)
                    .extracting(report -> report.outcome().orElseThrow())
                    .containsExactlyInAnyOrder(Outcome.DELIVERED, Outcome.REFUSED, Outcome.DELIVERED);
        }
    }

    @Test
    void shouldReportARefusalAndThatRetriesAreUsedUp() {
        collector.answerNext(Answer.status(401), Answer.status(503), Answer.status(500));
        try (SegmentFixture fixture = SegmentFixture.sendingOnFlush(collector.uri(), config -> config.maxRetries(1))) {
            assertReport(fixture.client().identify("u").sendAndAwait(Await.LONG), Outcome.REFUSED, "401");
            assertReport(fixture.client().identify("u").sendAndAwait(Await.LONG), Outcome.EXPIRED, "500");
        }
    }

    @Test
    void shouldReportNoOutcomeWhenTimeIsUp() {
        collector.answerAll(Answer.hang());
        try (SegmentFixture fixture = client()) {
            for (Duration timeout : List.of(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(-1))) {
                assertThat(fixture.client().track("e").userId("u").sendAndAwait(timeout))
                        .isEqualTo(new SendReport(CaptureResult.ACCEPTED, Optional.empty(), ""));
            }
            assertThat(fixture.client().discard().stats().discarded()).isEqualTo(3);
        }
    }

    @Test
    void shouldReportThatTheCloseHasDiscardedIt() {
        collector.answerAll(Answer.hang());
        try (SegmentFixture fixture = client()) {
            AtomicReference<SendReport> report = new AtomicReference<>();
            Thread waiting = new Thread(
                    () -> report.set(fixture.client().track("e").userId("u").sendAndAwait(Await.LONG)));
            waiting.start();
            collector.awaitRequests(1, Await.LONG);
            fixture.client().discard();
            Await.end(waiting);

            assertReport(report.get(), Outcome.DISCARDED, "");
        }
    }

    @Test
    void shouldNotWaitOnTheListenersThread() {
        AtomicReference<SegmentAnalytics> client = new AtomicReference<>();
        List<Object> answers = new CopyOnWriteArrayList<>();
        MessageListener waiting = new RecordingListener() {
            @Override
            public void onSuccess(MessageNotice notice) {
                if (notice.messageId().equals("first")) {
                    answers.add(client.get().track("e").userId("u").sendAndAwait(Duration.ofMinutes(5)));
                    answers.add(client.get().flush(Duration.ofMinutes(5)));
                }
                super.onSuccess(notice);
            }
        };
        try (SegmentFixture fixture =
                SegmentFixture.sendingOnFlush(collector.uri(), config -> config.messageListener(waiting))) {
            client.set(fixture.client());
            fixture.client().track("e").userId("u").messageId("first").sendAndAwait(Await.LONG);
            ((RecordingListener) waiting).await(2, 0);

            assertThat(answers).hasSize(2);
            assertThat(fixture.stats().delivered()).isEqualTo(2);
        }
    }

    @Test
    void shouldSendOnFlushOnlyWhatIsThere() {
        try (SegmentFixture fixture = client()) {
            fixture.flush();
            assertThat(collector.totalConnections()).isZero();
            fixture.track(3);
            fixture.flush();
            fixture.flush();

            assertThat(collector.requests()).hasSize(1);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerTimedOutToAFlushAndGoOn() {
        collector.answerAll(Answer.hang());
        try (SegmentFixture fixture = client()) {
            fixture.track(3);
            assertThat(fixture.client().flush(Duration.ofMillis(20))).isEqualTo(FlushResult.TIMED_OUT);
            collector.answerNormally();
            collector.release();
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(3);
        }
    }

    @Test
    void shouldSendByItselfAfterTheLinger() {
        try (SegmentFixture fixture = SegmentFixture.of(collector)) {
            fixture.track(3);
            collector.awaitEvents(3, Await.LONG);
        }
    }

    @Test
    void shouldDeliverWhatIsPendingOnClose() {
        try (SegmentFixture fixture = client()) {
            fixture.track(600);
            CloseReport report = fixture.end(Duration.ofSeconds(10));

            assertThat(report.drained()).isTrue();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.stats().delivered()).isEqualTo(600);
            assertThat(fixture.client().close(Duration.ofSeconds(1))).isEqualTo(report);
            assertThat(fixture.client().discard()).isEqualTo(report);
        }
        assertThat(collector.stats().distinct()).isEqualTo(600);
        listener.await(600, 0);
    }

    @Test
    void shouldCloseInTimeWhenTheServerHangs() {
        collector.answerAll(Answer.hang());
        try (SegmentFixture fixture = SegmentFixture.of(
                collector.uri(),
                config -> config.maxBatchMessages(10)
                        .requestTimeout(Duration.ofMinutes(1))
                        .messageListener(listener))) {
            fixture.track(1_000);
            Duration timeout = Duration.ofMillis(300);
            CloseReport report = within(timeout.plus(GRACE), () -> fixture.end(timeout));

            assertThat(report.drained()).isFalse();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.elapsed()).isGreaterThanOrEqualTo(timeout);
            assertThat(report.stats().discarded()).isEqualTo(1_000);
        }
        collector.awaitOpenConnections(0, Await.LONG);
        assertThat(listener.failures)
                .hasSize(1_000)
                .extracting(MessageNotice::messageId)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldCloseInTimeWhileRetriesWait() {
        collector.answerAll(Answer.status(429).header("Retry-After", "200"));
        try (SegmentFixture fixture = client()) {
            fixture.track(10);
            assertThat(fixture.client().flush(Duration.ofMillis(100))).isEqualTo(FlushResult.TIMED_OUT);
            collector.awaitRequests(1, Await.LONG);
            CloseReport report = within(Duration.ofMillis(100).plus(GRACE), () -> fixture.end(Duration.ofMillis(100)));

            assertThat(report.stats().discarded()).isEqualTo(10);
        }
        assertThat(collector.requests()).hasSize(1);
    }

    @Test
    void shouldSendNothingMoreAfterDiscard() {
        try (SegmentFixture fixture = SegmentFixture.of(
                collector.uri(),
                config -> config.maxRetries(100).maxBatchMessages(5).maxInFlightRequests(2))) {
            collector.answerAll(Answer.status(503));
            fixture.track(200);
            collector.awaitRequests(2, Await.LONG);
            CloseReport report = within(GRACE, () -> fixture.client().discard());
            collector.awaitOpenConnections(0, Await.LONG);
            long requests = report.stats().delivery().requests();

            assertThat(report.drained()).isFalse();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.stats().discarded()).isEqualTo(200);
            Await.pause(Duration.ofMillis(400));
            assertThat(fixture.stats().delivery().requests()).isEqualTo(requests);
            assertThat(collector.stats().requests()).isLessThanOrEqualTo(requests);
        }
    }

    @Test
    void shouldNotSendTheOpenBatchOnDiscard() {
        try (SegmentFixture fixture = client()) {
            fixture.track(20);
            fixture.await(() -> fixture.stats().pending().inOpenBatch() == 20, "in the open batch");
            assertThat(fixture.client().discard().stats().discarded()).isEqualTo(20);
        }
        assertThat(collector.totalConnections()).isZero();
        listener.await(0, 20);
    }

    @Test
    void shouldLetTheListenerCloseTheClient() {
        AtomicReference<SegmentAnalytics> client = new AtomicReference<>();
        AtomicReference<CloseReport> report = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        MessageListener closing = new RecordingListener() {
            @Override
            public void onSuccess(MessageNotice notice) {
                Await.latch(ready, "the client is known");
                report.set(client.get().close(Duration.ofSeconds(5)));
                closed.countDown();
            }
        };
        try (SegmentFixture fixture = SegmentFixture.of(collector.uri(), config -> config.messageListener(closing))) {
            client.set(fixture.client());
            ready.countDown();
            fixture.track(1);
            Await.latch(closed, "the listener has closed the client");

            assertThat(report.get().stats().delivered()).isEqualTo(1);
            EngineThreadNames.assertNone(fixture.name());
        }
    }

    @Test
    void shouldHaveThreadsOfItsNameOnlyWhileItLives() {
        Set<String> alive;
        try (SegmentFixture fixture = client()) {
            fixture.track(1);
            fixture.flush();
            alive = Set.copyOf(EngineThreadNames.alive(fixture.name()));
        }
        assertThat(alive).isNotEmpty().noneMatch(name -> name.contains("flag"));
    }

    private static CloseReport within(Duration bound, Supplier<CloseReport> close) {
        long before = System.nanoTime();
        CloseReport report = close.get();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(bound);
        return report;
    }
}
