package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.CloseReport;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners and loggers, good and bad. */
@Timeout(60)
class ListenerTest {

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @Test
    void shouldTellOfEveryEventWithItsJson() {
        List<DeliveryNotice> notices = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.deliveryListener(notices::add))) {
            fixture.capture(250);
            fixture.flush();
            Await.until(() -> notices.size() == 250, "all notices");

            assertThat(notices).extracting(DeliveryNotice::outcome).containsOnly(Outcome.DELIVERED);
            assertThat(notices).extracting(DeliveryNotice::reason).containsOnly("status 200");
            assertThat(notices.stream().map(notice -> notice.uuid().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            collector.events().stream().map(ReceivedEvent::uuid).toList());
            assertThat(notices.stream().map(DeliveryNotice::json))
                    .containsExactlyInAnyOrderElementsOf(
                            collector.events().stream().map(ReceivedEvent::json).toList());
            assertThat(notices).allSatisfy(notice -> assertThat(notice.event()).startsWith("event-"));
            assertThat(fixture.stats().noticesDropped()).isZero();
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldTellOfWhatCloseDiscards() {
        collector.answerAll(Answer.hang());
        List<DeliveryNotice> notices = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.deliveryListener(notices::add))) {
            fixture.capture(30);
            fixture.client().close(Duration.ofMillis(50));
            assertThat(notices).hasSize(30);
            assertThat(notices).extracting(DeliveryNotice::outcome).containsOnly(Outcome.DISCARDED);
        }
    }

    @Test
    void shouldGoOnWhenTheDeliveryListenerThrows() {
        AtomicInteger calls = new AtomicInteger();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.deliveryListener(notice -> {
                    if (calls.incrementAndGet() % 2 == 0) {
                        throw new AssertionError("listener");
                    }
                    throw new IllegalStateException("listener");
                }))) {
            fixture.capture(20);
            fixture.flush();
            Await.until(() -> calls.get() == 20, "told of every event");
            fixture.capture(1);
            fixture.flush();
            Await.until(() -> calls.get() == 21, "told again");

            assertThat(fixture.stats().delivered()).isEqualTo(21);
            Await.until(
                    () -> !fixture.logger().from(System.Logger.Level.WARNING).isEmpty(), "said");
        }
    }

    /** DeliveryListener: an exception is reported to the ErrorListener and goes no further. */
    @Test
    void shouldTellTheErrorListenerWhenTheDeliveryListenerThrows() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.deliveryListener(notice -> {
                            throw new IllegalStateException("listener");
                        })
                        .errorListener((message, cause) -> told.add(message + " / " + cause)))) {
            fixture.capture(20);
            fixture.flush();
            Await.until(() -> !told.isEmpty(), Duration.ofSeconds(3), "the error listener is told", fixture.client());
            assertThat(told.get(0)).contains("IllegalStateException");
        }
    }

    /** A repeated condition is one line per interval, with a count. */
    @Test
    void shouldSayOnceThatTheDeliveryListenerThrows() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.deliveryListener(notice -> {
                    throw new IllegalStateException("listener");
                }))) {
            fixture.capture(100);
            fixture.flush();
            Await.until(
                    () -> !fixture.logger().from(System.Logger.Level.WARNING).isEmpty(), "said");
            Await.pause(Duration.ofMillis(150));
            assertThat(fixture.logger().from(System.Logger.Level.WARNING)).hasSizeLessThan(3);
        }
    }

    @Test
    void shouldGoOnWhenTheErrorListenerThrows() {
        collector.answerAll(Answer.status(403));
        List<String> told = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.errorListener((message, cause) -> {
                    told.add(message);
                    throw new IllegalStateException("error listener");
                }))) {
            fixture.capture(5);
            fixture.flush();
            Await.until(() -> told.stream().anyMatch(message -> message.contains("403")), "told of the refusal");
            collector.answerAll(Answer.status(404));
            fixture.capture(5);
            fixture.flush();
            Await.until(() -> told.stream().anyMatch(message -> message.contains("404")), "told of another kind");
            assertThat(fixture.stats().refused()).isEqualTo(10);
        }
    }

    @Test
    void shouldDropAndCountNoticesOfASlowListenerAndNoEvent() {
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.listenerQueueEvents(50).maxBatchEvents(10).deliveryListener(notice -> {
                    Await.latch(hold, "let go");
                    told.incrementAndGet();
                }))) {
            fixture.capture(500);
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(500);
            long dropped = fixture.stats().noticesDropped();
            assertThat(dropped).isBetween(400L, 490L);

            hold.countDown();
            Await.until(() -> told.get() + dropped == 500, "the others are told");
            assertThat(collector.stats().distinct()).isEqualTo(500);
        }
    }

    @Test
    void shouldCloseInTimeAndEndTheThreadOfASlowListener() {
        AtomicInteger told = new AtomicInteger();
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.deliveryListener(notice -> {
                    told.incrementAndGet();
                    Await.pause(Duration.ofMillis(100));
                }))) {
            fixture.capture(400);
            fixture.flush();
            long before = System.nanoTime();
            CloseReport report = fixture.client().close(Duration.ofSeconds(1));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(2_500));
            assertThat(report.drained()).isTrue();
            assertThat(report.stats().delivered()).isEqualTo(400);
            Await.until(
                    () -> EngineThreadNames.alive(fixture.name()).isEmpty(),
                    Duration.ofSeconds(3),
                    "the listener's thread ends",
                    fixture.client());
            assertThat(told.get() + fixture.stats().noticesDropped()).isEqualTo(400);
        }
    }

    @Test
    void shouldLetAListenerCapture() {
        AtomicReference<CaptureClient> client = new AtomicReference<>();
        List<CaptureResult> results = new CopyOnWriteArrayList<>();
        CountDownLatch ready = new CountDownLatch(1);
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.overflowPolicy(OverflowPolicy.WAIT).deliveryListener(notice -> {
                    Await.latch(ready, "the client is known");
                    if (notice.event().startsWith("event-")) {
                        results.add(client.get().capture("user", "echo", Map.of("of", notice.event())));
                    }
                }))) {
            client.set(fixture.client());
            ready.countDown();
            fixture.capture(50);
            collector.awaitEvents(100, Await.LONG);
            Await.until(() -> results.size() == 50, "the listener has heard of all");
            assertThat(results).hasSize(50).containsOnly(CaptureResult.ACCEPTED);
        }
    }

    @Test
    void shouldLogNothingInAHealthyRun() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.lanes(2))) {
            for (int i = 0; i < 10; i++) {
                fixture.capture(300);
                fixture.flush();
            }
            fixture.end(Duration.ofSeconds(5));
            assertThat(fixture.logger().lines()).isEmpty();
        }
    }

    @Test
    void shouldGoOnWhenTheLoggerThrows() {
        AtomicBoolean called = new AtomicBoolean();
        System.Logger broken = new System.Logger() {
            @Override
            public String getName() {
                return "broken";
            }

            @Override
            public boolean isLoggable(Level level) {
                called.set(true);
                throw new IllegalStateException("logger");
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
                called.set(true);
                throw new IllegalStateException("logger");
            }

            @Override
            public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
                called.set(true);
                throw new IllegalStateException("logger");
            }
        };
        AtomicInteger told = new AtomicInteger();
        collector.answerNext(Answer.status(401));
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.logger(broken).deliveryListener(notice -> {
                    told.incrementAndGet();
                    throw new IllegalStateException("listener");
                }))) {
            fixture.capture(5);
            fixture.flush();
            fixture.capture(5);
            fixture.flush();
            Await.until(called::get, "logged");

            assertThat(fixture.stats().refused()).isEqualTo(5);
            assertThat(fixture.stats().delivered()).isEqualTo(5);
            Await.until(() -> told.get() == 10, Duration.ofSeconds(3), "told of every event", fixture.client());
        }
    }
}
