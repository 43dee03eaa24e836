package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.ClientStats;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server or the limits will not take: told, counted, and no harm to the neighbours. */
@Timeout(60)
class RefusalTest {

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void shouldDeliverNinetyNineOfAHundredWithOnePoisonEvent(int status) {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(status));
        try (ClientFixture fixture = ClientFixture.of(collector, linger(Duration.ofHours(1)))) {
            fixture.capture(61);
            fixture.capture("poison");
            fixture.capture(38);
            fixture.flush();

            ClientStats stats = fixture.stats();
            assertThat(stats.delivered()).isEqualTo(99);
            assertThat(stats.refused()).isEqualTo(1);
            assertThat(collector.stats().distinct()).isEqualTo(99);
            assertThat(collector.stats().duplicates()).isZero();
            assertThat(collector.events()).extracting(ReceivedEvent::event).doesNotContain("poison");
            assertThat(stats.isBalanced()).as(stats.summary()).isTrue();
        }
    }

    @Test
    void shouldRefuseAllWithOneRequestWhenSplittingIsOff() {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.linger(Duration.ofHours(1)).splitOnBadRequest(false))) {
            fixture.capture(99);
            fixture.capture("poison");
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(100);
            assertThat(collector.stats().requests()).isEqualTo(1);
        }
    }

    @Test
    void shouldStopAtTheRequestBoundWhenEverythingIsTooLarge() {
        collector.answerAll(Answer.status(413));
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.linger(Duration.ofHours(1)).maxBatchEvents(1_000))) {
            fixture.capture(1_000);
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(1_000);
            assertThat(collector.stats().requests()).isEqualTo(128);
        }
    }

    @Test
    void shouldSayOnceThatTheKeyIsWrong() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Collector strict = Collector.builder().apiKey("phc_other").start();
                ClientFixture fixture = ClientFixture.sendingOnFlush(
                        strict.uri(),
                        config -> config.maxBatchEvents(5).errorListener((message, cause) -> told.add(message)))) {
            fixture.capture(50);
            fixture.flush();
            fixture.capture(50);
            fixture.flush();
            // Whatever is due is said a few times a second.
            Await.until(() -> !told.isEmpty(), "the error listener is told");
            Await.pause(Duration.ofMillis(250));

            assertThat(fixture.stats().refused()).isEqualTo(100);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(20);
            List<String> logged = fixture.logger().from(System.Logger.Level.INFO);
            assertThat(logged).singleElement().asString().contains("401", "key is wrong", fixture.name());
            assertThat(told).singleElement().asString().contains("key is wrong");
            assertThat(logged.get(0) + told.get(0)).doesNotContain("phc_");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldNotFollowARedirect(int status) {
        try (Collector elsewhere = Collector.start();
                ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            collector.answerAll(Answer.status(status).header("Location", elsewhere.uri() + "/batch"));
            fixture.capture(5);
            fixture.flush();

            assertThat(fixture.stats().refused()).isEqualTo(5);
            assertThat(collector.stats().requests()).isEqualTo(1);
            assertThat(elsewhere.totalConnections()).isZero();
        }
    }

    @Test
    void shouldAnswerTooLargeToAMegabyteOfText() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            String megabyte = "x".repeat(1 << 20);
            assertThat(fixture.client().capture("user", "huge", Map.of("text", megabyte)))
                    .isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(fixture.client().event("huge").put("text", megabyte).send())
                    .isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(fixture.client()
                            .capture((writer, text) -> writer.event("huge").put("text", text), megabyte))
                    .isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(fixture.client().capture("user", "x".repeat(1 << 20), Map.of()))
                    .isEqualTo(CaptureResult.TOO_LARGE);
            fixture.capture("after");
            fixture.flush();

            assertThat(fixture.stats().results().get(CaptureResult.TOO_LARGE)).isEqualTo(4);
            assertThat(collector.events()).extracting(ReceivedEvent::event).containsExactly("after");
        }
    }

    @Test
    void shouldWarnOfEventsThatAreTooLargeWithoutTheirContent() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            String secret = "secret".repeat(200_000);
            fixture.client().capture("user", "huge", Map.of("text", secret));
            Await.until(
                    () -> !fixture.logger().from(System.Logger.Level.WARNING).isEmpty(), "said");
            assertThat(fixture.logger().from(System.Logger.Level.WARNING))
                    .singleElement()
                    .asString()
                    .doesNotContain("secret");
        }
    }

    @Test
    void shouldRefuseAnEventThatOnlyEscapingMakesTooLarge() {
        List<DeliveryNotice> notices = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.deliveryListener(notices::add))) {
            fixture.capture("before");
            assertThat(fixture.client().capture("user", "escaped", Map.of("text", "\u0001".repeat(300_000))))
                    .isEqualTo(CaptureResult.ACCEPTED);
            fixture.capture("after");
            fixture.flush();
            Await.until(() -> notices.size() == 3, "three notices");

            assertThat(fixture.stats().refused()).isEqualTo(1);
            assertThat(fixture.stats().delivered()).isEqualTo(2);
            assertThat(collector.events())
                    .extracting(ReceivedEvent::event)
                    .containsExactlyInAnyOrder("before", "after");
            assertThat(notices)
                    .filteredOn(notice -> notice.outcome() == Outcome.REFUSED)
                    .singleElement()
                    .satisfies(notice -> {
                        assertThat(notice.event()).isEqualTo("escaped");
                        assertThat(notice.reason()).contains("over the limit");
                        assertThat(notice.json()).hasSizeGreaterThan(1_800_000);
                    });
        }
    }

    private static UnaryOperator<ClientConfig.Builder> linger(Duration linger) {
        return config -> config.linger(linger);
    }
}
