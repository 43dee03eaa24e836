package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.CloseReport;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.FlushResult;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a client is closed, it returns in bounded time and every event is accounted for. */
@Timeout(60)
class CloseTest {

    /** What close may take beyond its timeout: a second for threads, and something for a busy machine. */
    private static final Duration GRACE = Duration.ofMillis(1_500);

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @Test
    void shouldDeliverWhatIsPending() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.linger(Duration.ofHours(1)))) {
            fixture.capture(250);
            CloseReport report = fixture.end(Duration.ofSeconds(10));

            assertThat(report.drained()).isTrue();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.stats().delivered()).isEqualTo(250);
            assertThat(collector.stats().distinct()).isEqualTo(250);
            assertThat(fixture.client().capture("user", "late", Map.of())).isEqualTo(CaptureResult.CLOSED);
            assertThat(fixture.client().flush(Duration.ofSeconds(1))).isEqualTo(FlushResult.CLOSED);
        }
    }

    @Test
    void shouldReturnInTimeWhenTheServerHangs() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.maxBatchEvents(10).requestTimeout(Duration.ofMinutes(1)))) {
            fixture.capture(1_000);
            Duration timeout = Duration.ofMillis(300);
            CloseReport report = within(timeout.plus(GRACE), () -> fixture.end(timeout));

            assertThat(report.drained()).isFalse();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.elapsed()).isGreaterThanOrEqualTo(timeout);
            assertThat(report.stats().discarded()).isEqualTo(1_000);
        }
        collector.awaitOpenConnections(0, Await.LONG);
    }

    @Test
    void shouldDiscardAtOnceWithATimeoutOfZeroOrLess() {
        collector.answerAll(Answer.hang());
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-5))) {
            try (ClientFixture fixture = ClientFixture.of(collector)) {
                fixture.capture(50);
                CloseReport report = within(GRACE, () -> fixture.end(timeout));
                assertThat(report.stats().discarded()).isEqualTo(50);
            }
        }
    }

    @Test
    void shouldSendNothingMoreAfterDiscard() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.linger(Duration.ofMillis(5)).maxBatchEvents(5).maxInFlightRequests(2))) {
            collector.answerAll(Answer.status(503));
            fixture.capture(200);
            collector.awaitRequests(2, Await.LONG);
            CloseReport report = within(GRACE, () -> fixture.client().discard());
            collector.awaitOpenConnections(0, Await.LONG);
            long requests = report.stats().delivery().requests();

            assertThat(report.drained()).isFalse();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.stats().discarded() + report.stats().expired()).isEqualTo(200);
            Await.pause(Duration.ofMillis(500));
            assertThat(fixture.stats().delivery().requests()).isEqualTo(requests);
            assertThat(collector.stats().requests()).isLessThanOrEqualTo(requests);
        }
    }

    /** Capture-behaviour 1.2.7: pending events are dropped. */
    @Test
    void shouldNotSendTheOpenBatchOnDiscard() {
        for (int i = 0; i < 5; i++) {
            try (ClientFixture fixture = ClientFixture.of(collector, config -> config.linger(Duration.ofHours(1)))) {
                fixture.capture(20);
                Await.until(
                        () -> fixture.stats().pending().inOpenBatch() == 20,
                        Await.LONG,
                        "in the open batch",
                        fixture.client());
                CloseReport report = fixture.client().discard();
                assertThat(report.stats().discarded()).isEqualTo(20);
                assertThat(report.stats().delivery().requests()).isZero();
            }
        }
        Await.pause(Duration.ofMillis(100));
        assertThat(collector.totalConnections()).isZero();
    }

    @Test
    void shouldGiveTheSameReportToEveryCaller() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.capture(10);
            CloseReport first = fixture.end(Duration.ofSeconds(5));
            assertThat(fixture.client().close(Duration.ofSeconds(1))).isEqualTo(first);
            assertThat(fixture.client().discard()).isEqualTo(first);
            fixture.client().close();
        }
    }

    @Test
    void shouldCloseOnceFromManyThreads() {
        collector.answerAll(Answer.ok().delay(Duration.ofMillis(200)));
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.capture(10);
            List<CloseReport> reports = new CopyOnWriteArrayList<>();
            Thread[] closers = new Thread[6];
            for (int i = 0; i < closers.length; i++) {
                closers[i] =
                        new Thread(() -> reports.add(fixture.client().close(Duration.ofSeconds(10))), "closer-" + i);
                closers[i].start();
            }
            for (Thread closer : closers) {
                Await.end(closer);
            }
            assertThat(reports).hasSize(6);
            assertThat(reports).containsOnly(reports.get(0));
            assertThat(reports.get(0).stats().delivered()).isEqualTo(10);
            assertThat(reports.get(0).threadsStopped()).isTrue();
        }
    }

    @Test
    void shouldShortenACloseThatIsUnderWay() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.requestTimeout(Duration.ofMinutes(1)))) {
            fixture.capture(10);
            collector.awaitRequests(1, Await.LONG);
            AtomicReference<CloseReport> patient = new AtomicReference<>();
            Thread closer = new Thread(() -> patient.set(fixture.client().close(Duration.ofMinutes(5))), "closer");
            closer.start();
            Await.until(() -> fixture.client().flush(Duration.ZERO) == FlushResult.CLOSED, "close is under way");
            CloseReport report =
                    within(Duration.ofSeconds(3), () -> fixture.client().discard());

            Await.end(closer);
            assertThat(report.stats().discarded()).isEqualTo(10);
            assertThat(patient.get()).isEqualTo(report);
        }
    }

    /** The earlier deadline counts, whoever comes first. */
    @Test
    void shouldEndSoonWhenCloseAndDiscardRace() {
        collector.answerAll(Answer.hang());
        for (int i = 0; i < 15; i++) {
            try (ClientFixture fixture =
                    ClientFixture.of(collector, config -> config.requestTimeout(Duration.ofMinutes(1)))) {
                fixture.capture(3);
                CountDownLatch go = new CountDownLatch(1);
                Thread closer = new Thread(
                        () -> {
                            Await.latch(go, "go");
                            fixture.client().close(Duration.ofMinutes(5));
                        },
                        "closer");
                closer.start();
                go.countDown();
                CloseReport report = fixture.client().discard();
                assertThat(report.threadsStopped()).isTrue();
                Await.end(closer);
                assertThat(fixture.stats().discarded()).isEqualTo(3);
            }
        }
    }

    @Test
    void shouldLetAListenerCloseTheClient() {
        AtomicReference<CaptureClient> client = new AtomicReference<>();
        AtomicReference<CloseReport> report = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.deliveryListener(notice -> {
                    Await.latch(ready, "the client is known");
                    report.set(client.get().close(Duration.ofSeconds(5)));
                    closed.countDown();
                }))) {
            client.set(fixture.client());
            ready.countDown();
            fixture.capture(1);
            Await.latch(closed, "the listener has closed the client");
            assertThat(report.get().drained()).isTrue();
            assertThat(report.get().stats().delivered()).isEqualTo(1);
            EngineThreadNames.assertNone(fixture.name());
        }
    }

    @Test
    void shouldLetAListenerFlushWithoutWaiting() {
        AtomicReference<CaptureClient> client = new AtomicReference<>();
        List<FlushResult> results = new CopyOnWriteArrayList<>();
        CountDownLatch ready = new CountDownLatch(1);
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.linger(Duration.ofHours(1)).deliveryListener(notice -> {
                    Await.latch(ready, "the client is known");
                    if (notice.event().equals("event-0")) {
                        client.get().capture("user", "from the listener", Map.of());
                        results.add(client.get().flush(Duration.ofSeconds(30)));
                    }
                }))) {
            client.set(fixture.client());
            ready.countDown();
            fixture.capture(1);
            fixture.client().flush(Await.LONG);
            collector.awaitEvents(2, Await.LONG);
            Await.until(() -> results.size() == 1, "the flush in the listener has returned");
            assertThat(results.get(0)).isIn(FlushResult.TIMED_OUT, FlushResult.COMPLETED);
        }
    }

    @Test
    void shouldReturnWhenAListenerClosesToo() {
        AtomicReference<CaptureClient> client = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.deliveryListener(notice -> {
                    Await.latch(ready, "the client is known");
                    client.get().close(Duration.ofSeconds(5));
                }))) {
            client.set(fixture.client());
            fixture.capture(20);
            ready.countDown();
            CloseReport report =
                    within(Duration.ofSeconds(10), () -> fixture.client().close(Duration.ofSeconds(5)));
            assertThat(report.stats().delivered()).isEqualTo(20);
            EngineThreadNames.assertNone(fixture.name());
        }
    }

    @Test
    void shouldAnswerInterruptedToAFlushThatIsInterrupted() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.closeTimeout(Duration.ofMillis(100)))) {
            fixture.capture(5);
            Thread.currentThread().interrupt();
            FlushResult before = fixture.client().flush(Duration.ofMinutes(1));
            assertThat(Thread.interrupted()).as("flag kept").isTrue();
            assertThat(before).isEqualTo(FlushResult.INTERRUPTED);

            AtomicReference<FlushResult> during = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread flusher = new Thread(
                    () -> {
                        during.set(fixture.client().flush(Duration.ofMinutes(1)));
                        flag.set(Thread.currentThread().isInterrupted());
                    },
                    "flusher");
            flusher.start();
            Await.until(() -> flusher.getState() == Thread.State.TIMED_WAITING, "the flusher waits");
            flusher.interrupt();
            Await.end(flusher);
            assertThat(during.get()).isEqualTo(FlushResult.INTERRUPTED);
            assertThat(flag.get()).isTrue();

            collector.answerNormally();
            collector.release();
            fixture.flush();
            assertThat(fixture.stats().delivered()).as("delivery goes on").isEqualTo(5);
        }
    }

    @Test
    void shouldDiscardTheRestWhenACloseIsInterrupted() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.requestTimeout(Duration.ofMinutes(1)))) {
            fixture.capture(5);
            collector.awaitRequests(1, Await.LONG);
            AtomicReference<CloseReport> report = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread closer = new Thread(
                    () -> {
                        report.set(fixture.client().close(Duration.ofMinutes(5)));
                        flag.set(Thread.currentThread().isInterrupted());
                    },
                    "closer");
            closer.start();
            Await.until(() -> closer.getState() == Thread.State.TIMED_WAITING, "the closer waits");
            closer.interrupt();
            Await.end(closer);

            assertThat(flag.get()).as("flag kept").isTrue();
            assertThat(report.get().drained()).isFalse();
            assertThat(report.get().threadsStopped()).isTrue();
            assertThat(report.get().stats().discarded()).isEqualTo(5);
        }
    }

    @Test
    void shouldCloseWhenTheCallerWasInterruptedBefore() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.capture(5);
            Thread.currentThread().interrupt();
            CloseReport report = fixture.client().close(Duration.ofMinutes(5));
            assertThat(Thread.interrupted()).as("flag kept").isTrue();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.stats().discarded()).isEqualTo(5);
        }
    }

    @Test
    void shouldReleaseAFlushWhenTheClientIsDiscarded() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.capture(5);
            AtomicReference<FlushResult> result = new AtomicReference<>();
            Thread flusher = new Thread(() -> result.set(fixture.client().flush(Duration.ofHours(1))), "flusher");
            flusher.start();
            Await.until(() -> flusher.getState() == Thread.State.TIMED_WAITING, "the flusher waits");
            fixture.client().discard();
            Await.end(flusher);
            assertThat(result.get()).as("each event has its outcome").isEqualTo(FlushResult.COMPLETED);
        }
    }

    @Test
    void shouldNeverLeaveAFlushBehindThatRacesClose() {
        for (int i = 0; i < 40; i++) {
            try (ClientFixture fixture = ClientFixture.of(collector)) {
                CountDownLatch go = new CountDownLatch(1);
                Thread flusher = new Thread(
                        () -> {
                            Await.latch(go, "go");
                            while (fixture.client().flush(Duration.ofHours(1)) != FlushResult.CLOSED) {
                                Thread.onSpinWait();
                            }
                        },
                        "flusher");
                flusher.start();
                go.countDown();
                fixture.client().close(Duration.ofSeconds(5));
                Await.end(flusher);
            }
        }
    }

    @Test
    void shouldAnswerTimedOutAndGoOn() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.capture(5);
            assertThat(fixture.client().flush(Duration.ZERO)).isEqualTo(FlushResult.TIMED_OUT);
            assertThat(fixture.client().flush(Duration.ofMillis(20))).isEqualTo(FlushResult.TIMED_OUT);
            collector.answerNormally();
            collector.release();
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(5);
        }
    }

    @Test
    void shouldMakeNoRequestWhenAnIdleClientIsFlushedOrClosed() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.flush();
            assertThat(fixture.client().flush(Duration.ZERO)).isIn(FlushResult.COMPLETED, FlushResult.TIMED_OUT);
            fixture.end(Duration.ofSeconds(5));
        }
        assertThat(collector.totalConnections()).isZero();
    }

    @Test
    void shouldAnswerClosedToABuilderThatWasOpenBefore() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            EventBuilder builder = fixture.client().event("late").distinctId("user");
            fixture.client().close();
            assertThat(builder.send()).isEqualTo(CaptureResult.CLOSED);
            assertThat(builder.send()).isEqualTo(CaptureResult.INVALID);
        }
        assertThat(collector.totalConnections()).isZero();
    }

    private static CloseReport within(Duration bound, Supplier<CloseReport> close) {
        long before = System.nanoTime();
        CloseReport report = close.get();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(bound);
        return report;
    }
}
