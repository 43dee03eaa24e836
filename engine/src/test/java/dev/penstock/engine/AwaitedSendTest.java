package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.SendReport;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.EventVerdict;
import dev.penstock.collector.EventVerdicts;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Captures that wait for their outcome: of every kind, in time and not, and where waiting would never end. */
@Timeout(60)
class AwaitedSendTest {

    private static final UUID ID = UUID.fromString("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21");
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    /** A client that would not send for an hour by itself. */
    private ClientFixture client() {
        return ClientFixture.sendingOnFlush(collector.uri(), config -> config);
    }

    private static SendReport send(CaptureClient client, String event, Duration timeout) {
        return client.captureAndAwait("p", event, Map.of("n", 1), timeout);
    }

    private static void assertReport(SendReport report, Outcome outcome, String reason) {
        assertThat(report.result()).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(report.outcome()).contains(outcome);
        assertThat(report.reason()).contains(reason);
        assertThat(report.isDelivered()).isEqualTo(outcome == Outcome.DELIVERED);
    }

    private static void assertNoOutcome(SendReport report, CaptureResult result) {
        assertThat(report).isEqualTo(new SendReport(result, Optional.empty(), ""));
        assertThat(report.isDelivered()).isFalse();
    }

    @Test
    void shouldReportADeliveryWithoutAnyFlush() {
        try (ClientFixture fixture = client()) {
            assertReport(send(fixture.client(), "e", Await.LONG), Outcome.DELIVERED, "200");
            assertReport(
                    fixture.client().event("e").distinctId("p").sendAndAwait(Await.LONG), Outcome.DELIVERED, "200");
        }
        assertThat(collector.events()).hasSize(2);
    }

    @Test
    void shouldSendTheEventsBeforeItToo() {
        try (ClientFixture fixture = client()) {
            fixture.capture(5);
            assertThat(send(fixture.client(), "last", Await.LONG).isDelivered()).isTrue();

            assertThat(collector.events()).hasSize(6);
        }
    }

    @Test
    void shouldReportARefusal() {
        collector.answerAll(Answer.status(401));
        try (ClientFixture fixture = client()) {
            assertReport(send(fixture.client(), "e", Await.LONG), Outcome.REFUSED, "401");
        }
    }

    @Test
    void shouldReportEachOutcomeOfABatchThatIsSplit() throws InterruptedException {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
        try (ClientFixture fixture = client()) {
            List<SendReport> reports = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (String name : List.of("good", "poison", "good too")) {
                threads.add(new Thread(() -> reports.add(send(fixture.client(), name, Await.LONG))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(reports)
                    .extracting(report -> report.outcome().orElseThrow())
                    .containsExactlyInAnyOrder(Outcome.DELIVERED, Outcome.REFUSED, Outcome.DELIVERED);
        }
    }

    @Test
    void shouldReportThatItsRetriesAreUsedUp() {
        collector.answerAll(Answer.status(503));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(), config -> config.maxRetries(1).retryDelay(Duration.ofMillis(100)))) {
            assertReport(send(fixture.client(), "e", Await.LONG), Outcome.EXPIRED, "503");
        }
    }

    @Test
    void shouldReportNoOutcomeWhenTimeIsUpAndStillDeliver() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = client()) {
            long begun = System.nanoTime();
            assertNoOutcome(send(fixture.client(), "e", SHORT), CaptureResult.ACCEPTED);
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(SHORT.toNanos());
            collector.answerNormally();
            collector.release();
            fixture.awaitSettled();

            assertThat(fixture.stats().accepted()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotWaitWithoutAnyTime() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = client()) {
            assertNoOutcome(send(fixture.client(), "e", Duration.ZERO), CaptureResult.ACCEPTED);
            assertNoOutcome(send(fixture.client(), "e", Duration.ofSeconds(-1)), CaptureResult.ACCEPTED);
            collector.awaitRequests(1, Await.LONG);
            fixture.client().discard();
        }
    }

    @Test
    void shouldReportThatTheCloseHasDiscardedIt() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = client()) {
            AtomicReference<SendReport> report = new AtomicReference<>();
            Thread waiting = new Thread(() -> report.set(send(fixture.client(), "e", Await.LONG)));
            waiting.start();
            collector.awaitRequests(1, Await.LONG);
            fixture.client().discard();
            Await.end(waiting);

            assertReport(report.get(), Outcome.DISCARDED, "");
        }
    }

    @Test
    void shouldAnswerAtOnceWhatIsNotAccepted() {
        try (ClientFixture fixture = client()) {
            CaptureClient client = fixture.client();
            assertNoOutcome(send(client, " ", Await.LONG), CaptureResult.INVALID);
            assertNoOutcome(
                    client.captureAndAwait("p", "e", Map.of("text", "x".repeat(1 << 20)), Await.LONG),
                    CaptureResult.TOO_LARGE);
            client.setEnabled(false);
            assertNoOutcome(send(client, "e", Await.LONG), CaptureResult.DISABLED);
            client.setEnabled(true);
            client.close();
            assertNoOutcome(send(client, "e", Await.LONG), CaptureResult.CLOSED);
        }
    }

    @Test
    void shouldAnswerInvalidFromABuilderThatHasEnded() {
        try (ClientFixture fixture = client()) {
            var builder = fixture.client().event("e");
            builder.cancel();

            assertNoOutcome(builder.sendAndAwait(Await.LONG), CaptureResult.INVALID);
            assertThat(builder.sendForUuid()).isEmpty();
        }
    }

    @Test
    void shouldEndTheWaitAndKeepTheInterruptWhenInterrupted() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = client()) {
            Thread.currentThread().interrupt();
            SendReport report = send(fixture.client(), "e", Await.LONG);

            assertThat(Thread.interrupted()).isTrue();
            assertNoOutcome(report, CaptureResult.ACCEPTED);
            fixture.client().discard();
        }
    }

    @Test
    void shouldNotWaitOnTheListenersThread() {
        AtomicReference<CaptureClient> client = new AtomicReference<>();
        List<SendReport> reports = new CopyOnWriteArrayList<>();
        CountDownLatch told = new CountDownLatch(1);
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(),
                config -> config.deliveryListener(notice -> {
                    if (notice.event().equals("first")) {
                        reports.add(send(client.get(), "from the listener", Duration.ofMinutes(5)));
                        told.countDown();
                    }
                }))) {
            client.set(fixture.client());
            assertThat(send(fixture.client(), "first", Await.LONG).isDelivered())
                    .isTrue();
            Await.latch(told, "the listener goes on");
            fixture.awaitSettled();

            assertThat(reports)
                    .singleElement()
                    .satisfies(report -> assertThat(report.result()).isEqualTo(CaptureResult.ACCEPTED));
            assertThat(fixture.stats().delivered()).isEqualTo(2);
        }
    }

    @Test
    void shouldReportBothOfTwoEventsOfOneUuid() {
        try (ClientFixture fixture = client()) {
            for (int i = 0; i < 2; i++) {
                assertReport(
                        fixture.client().event("e").distinctId("p").uuid(ID).sendAndAwait(Await.LONG),
                        Outcome.DELIVERED,
                        "200");
            }
            assertThat(fixture.stats().delivered()).isEqualTo(2);
        }
    }

    @Test
    void shouldReportTheOutcomeThoughAnotherWaitForTheSameUuidHasEnded() throws InterruptedException {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = client()) {
            CaptureClient client = fixture.client();
            AtomicReference<SendReport> patient = new AtomicReference<>();
            CountDownLatch hasEnded = new CountDownLatch(1);
            Thread hasty = new Thread(() -> {
                client.event("hasty").distinctId("p").uuid(ID).sendAndAwait(Duration.ofMillis(500));
                hasEnded.countDown();
            });
            hasty.start();
            collector.awaitRequests(1, Await.LONG);
            Thread waiting = new Thread(() ->
                    patient.set(client.event("patient").distinctId("p").uuid(ID).sendAndAwait(Duration.ofSeconds(5))));
            waiting.start();
            Await.latch(hasEnded, "the first wait ends");
            collector.answerNormally();
            collector.release();
            hasty.join();
            Await.end(waiting);

            assertThat(patient.get().outcome()).isPresent();
            fixture.awaitSettled();
        }
    }

    @Test
    void shouldReportTheVerdictOnEachEventWhereTheServerGivesOne() throws InterruptedException {
        EventVerdicts verdicts = EventVerdicts.ok()
                .when(event -> event.event().equals("warned"), EventVerdict.WARNING)
                .when(event -> event.event().equals("limited"), EventVerdict.LIMITED)
                .when(event -> event.event().equals("dropped"), EventVerdict.DROP.withDetails("invalid_event"));
        collector.answerAll(Answer.verdicts(verdicts));
        try (ClientFixture fixture =
                ClientFixture.sendingOnFlush(collector.uri(), config -> config.captureMode(CaptureMode.V1))) {
            assertReport(send(fixture.client(), "good", Await.LONG), Outcome.DELIVERED, "");
            assertReport(send(fixture.client(), "warned", Await.LONG), Outcome.DELIVERED, "");
            assertReport(send(fixture.client(), "limited", Await.LONG), Outcome.DELIVERED, "");
            assertReport(send(fixture.client(), "dropped", Await.LONG), Outcome.REFUSED, "invalid_event");
        }
    }

    @Test
    void shouldWaitOverARetryOfOneEvent() {
        collector.answerNext(
                Answer.verdicts(EventVerdicts.all(EventVerdict.RETRY)).header("Retry-After", "0"),
                Answer.verdicts(EventVerdicts.ok()));
        try (ClientFixture fixture =
                ClientFixture.sendingOnFlush(collector.uri(), config -> config.captureMode(CaptureMode.V1))) {
            assertReport(send(fixture.client(), "e", Await.LONG), Outcome.DELIVERED, "");
        }
        assertThat(collector.requests()).hasSize(2);
    }

    @Test
    void shouldReportTheEventOfAHookUnderItsNewUuid() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(),
                config -> config.beforeSend(event -> {
                    event.setUuid(null);
                    return event.name().equals("dropped") ? null : event;
                }))) {
            assertReport(fixture.client().event("e").uuid(ID).sendAndAwait(Await.LONG), Outcome.DELIVERED, "200");
            assertNoOutcome(send(fixture.client(), "dropped", Await.LONG), CaptureResult.FILTERED);
        }
        assertThat(collector.events())
                .singleElement()
                .satisfies(event -> assertThat(event.uuid()).isNotEqualTo(ID.toString()));
    }

    @Test
    void shouldWaitForAiEvents() {
        try (ClientFixture fixture = client()) {
            assertReport(
                    fixture.client().ai().event("$ai_span").distinctId("p").sendAndAwait(Await.LONG),
                    Outcome.DELIVERED,
                    "200");
        }
    }

    @Test
    void shouldTellTheListenerAsWell() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(), config -> config.deliveryListener(notice -> told.add(notice.event())))) {
            send(fixture.client(), "e", Await.LONG);
            Await.until(() -> told.size() == 1, "the listener is told");
        }
        assertThat(told).containsExactly("e");
    }

    @Test
    void shouldHaveEveryCaptureWaitIfConfiguredSo() {
        try (ClientFixture fixture =
                ClientFixture.sendingOnFlush(collector.uri(), config -> config.synchronousTimeout(Await.LONG))) {
            CaptureClient client = fixture.client();
            int sent = 0;
            assertThat(client.capture("p", "map", Map.of())).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(collector.events()).hasSize(++sent);
            assertThat(client.event("builder").send()).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(collector.events()).hasSize(++sent);
            assertThat(client.capture((writer, x) -> writer.event("translator"), null))
                    .isEqualTo(CaptureResult.ACCEPTED);
            assertThat(collector.events()).hasSize(++sent);
            assertThat(client.event("for its uuid").sendForUuid()).isPresent();
            assertThat(collector.events()).hasSize(++sent);
            assertThat(client.alias().distinctId("p").alias("q").send()).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(collector.events()).hasSize(++sent);
            assertThat(client.captureException(new IllegalStateException())).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(collector.events()).hasSize(++sent);
            assertThat(client.ai().capture("p", "$ai_span", Map.of())).isPresent();
            assertThat(collector.events()).hasSize(++sent);
            assertThat(client.capture("p", " ", Map.of())).isEqualTo(CaptureResult.INVALID);
            assertThat(fixture.stats().pending().total()).isZero();
        }
    }

    @Test
    void shouldHaveEveryCaptureOfAClientWithHooksWaitToo() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(), config -> config.synchronousTimeout(Await.LONG).beforeSend(event -> event))) {
            assertThat(fixture.client().capture("p", "map", Map.of())).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(collector.events()).hasSize(1);
            assertThat(fixture.client().event("for its uuid").sendForUuid()).isPresent();
            assertThat(collector.events()).hasSize(2);
        }
    }

    @Test
    void shouldAcceptWhatHasNoOutcomeInTheTimeConfigured() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture =
                ClientFixture.sendingOnFlush(collector.uri(), config -> config.synchronousTimeout(SHORT))) {
            assertThat(fixture.client().capture("p", "e", Map.of())).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(fixture.client().event("e").sendForUuid()).isPresent();
            fixture.client().discard();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBalanceTheAccountOfManyThreadsThatWait(CaptureMode mode) throws InterruptedException {
        try (ClientFixture fixture =
                ClientFixture.sendingOnFlush(collector.uri(), config -> config.captureMode(mode))) {
            List<Thread> threads = new ArrayList<>();
            List<SendReport> reports = new CopyOnWriteArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 25; i++) {
                        reports.add(send(fixture.client(), "e", Await.LONG));
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(reports).hasSize(100).allMatch(SendReport::isDelivered);
            assertThat(fixture.stats().delivered()).isEqualTo(100);
        }
    }
}
