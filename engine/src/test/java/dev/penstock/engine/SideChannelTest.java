package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AI events and log records: lanes of their own, made by the first use, that flush, close and the account cover. */
@Timeout(60)
class SideChannelTest {

    private static final int MEBIBYTE = 1 << 20;

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private static List<String> threadsOf(ClientFixture fixture, String role) {
        return EngineThreadNames.alive(fixture.name()).stream()
                .filter(name -> name.contains(role))
                .toList();
    }

    @Test
    void shouldHaveNoThreadBeforeTheFirstUse() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            CaptureClient client = fixture.client();
            fixture.capture(1);
            assertThat(client.ai().stats().accepted()).isZero();
            assertThat(client.ai().stats().isBalanced()).isTrue();
            assertThat(client.logs().logger()).isNotNull();
            fixture.flush();
            assertThat(threadsOf(fixture, "pipeline-ai")).isEmpty();
            assertThat(threadsOf(fixture, "pipeline-logs")).isEmpty();

            client.ai().capture("p", "$ai_span", Map.of());
            assertThat(threadsOf(fixture, "pipeline-ai")).hasSize(1);
            assertThat(threadsOf(fixture, "pipeline-logs")).isEmpty();

            client.logs().captureLog(LogRecord.builder("body").build());
            assertThat(threadsOf(fixture, "pipeline-logs")).hasSize(1);
        }
    }

    @Test
    void shouldStartNoThreadForWhatIsRefused() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.client().optOut();
            fixture.client().ai().capture("p", "$ai_span", Map.of());
            fixture.client().logs().captureLog(LogRecord.builder("body").build());

            assertThat(threadsOf(fixture, "pipeline-ai")).isEmpty();
            assertThat(threadsOf(fixture, "pipeline-logs")).isEmpty();
        }
    }

    @Test
    void shouldMakeOneLaneForThreadsThatUseItFirstAtOnce() throws InterruptedException {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            CyclicBarrier start = new CyclicBarrier(4);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(new Thread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                    fixture.client().ai().capture("p", "$ai_span", Map.of());
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(threadsOf(fixture, "pipeline-ai")).hasSize(1);
            fixture.flush();
        }
        assertThat(collector.eventsBy(Route.AI)).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAiEventsTheirOwnWayInEveryMode(CaptureMode mode) {
        try (ClientFixture fixture =
                ClientFixture.sendingOnFlush(collector.uri(), config -> config.captureMode(mode))) {
            CaptureClient client = fixture.client();
            Optional<UUID> id = client.ai().capture("p", "$ai_generation", Map.of("$session_id", "s"));
            client.ai().capture("p", "not an ai name", Map.of());
            client.capture("p", "$ai_span", Map.of());
            client.capture("p", "plain", Map.of());
            fixture.flush();

            List<ReceivedEvent> ai = collector.eventsBy(Route.AI);
            assertThat(ai).extracting(ReceivedEvent::event).containsExactly("$ai_generation", "not an ai name");
            assertThat(ai.get(0).uuid()).isEqualTo(id.orElseThrow().toString());
            assertThat(ai.get(0).properties()).containsEntry("$session_id", "s").containsKey("$lib");
            assertThat(collector.eventsBy(mode == CaptureMode.V0 ? Route.BATCH : Route.ANALYTICS))
                    .extracting(ReceivedEvent::event)
                    .contains("plain")
                    .doesNotContain("$ai_generation", "not an ai name");
            assertThat(collector.eventsBy(Route.BATCH))
                    .extracting(ReceivedEvent::event)
                    .contains("$ai_span");
            assertThat(collector.requestsTo(Route.AI)).hasSize(1);
        }
    }

    @Test
    void shouldFlushAllLanesAtOnce() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(1);
            fixture.client().ai().capture("p", "$ai_span", Map.of());
            fixture.client().logs().captureLog(LogRecord.builder("body").build());
            fixture.flush();

            assertThat(collector.eventsBy(Route.BATCH)).hasSize(1);
            assertThat(collector.eventsBy(Route.AI)).hasSize(1);
            assertThat(collector.logs().records()).hasSize(1);
        }
    }

    @Test
    void shouldSendWhatIsPendingInAllLanesWhenItIsClosed() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(3);
            fixture.client().ai().capture("p", "$ai_span", Map.of());
            fixture.client().logs().captureLog(LogRecord.builder("body").build());
            CloseReport report = fixture.end(Await.LONG);

            assertThat(report.stats().delivered()).isEqualTo(5);
        }
        assertThat(collector.eventsBy(Route.AI)).hasSize(1);
        assertThat(collector.logs().records()).hasSize(1);
    }

    @Test
    void shouldDiscardWhatHasNoTimeLeftInAllLanes() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.capture(1);
            fixture.client().ai().capture("p", "$ai_span", Map.of());
            CloseReport report = fixture.end(Duration.ofMillis(50));

            assertThat(report.stats().outcomes()).containsEntry(Outcome.DISCARDED, 2L);
        }
    }

    @Test
    void shouldMakeNoLaneAfterTheClose() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            fixture.client().close();
            assertThat(fixture.client().ai().capture("p", "$ai_span", Map.of())).isEmpty();
            assertThat(fixture.client().ai().event("$ai_span").send()).isEqualTo(CaptureResult.CLOSED);
            assertThat(fixture.client()
                            .logs()
                            .captureLog(LogRecord.builder("body").build()))
                    .isEqualTo(CaptureResult.CLOSED);
            assertThat(fixture.client().flush(Await.LONG)).isEqualTo(FlushResult.CLOSED);
            assertThat(EngineThreadNames.alive(fixture.name())).isEmpty();
            assertThat(fixture.stats().results()).containsEntry(CaptureResult.CLOSED, 3L);
        }
    }

    @Test
    void shouldKeepAnAccountOfAiEventsThatTheClientsIncludes() {
        collector.answerWhen(request -> request.hasEvent("$ai_poison"), Answer.status(400));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            CaptureClient client = fixture.client();
            fixture.capture(2);
            client.ai().capture("p", "$ai_span", Map.of());
            client.ai().capture("p", "$ai_poison", Map.of());
            client.ai().capture(null, "$ai_trace", null);
            assertThat(client.ai().capture("p", " ", Map.of())).isEmpty();
            fixture.flush();
            ClientStats ai = client.ai().stats();
            ClientStats all = client.stats();

            assertThat(ai.accepted()).isEqualTo(3);
            assertThat(ai.delivered()).isEqualTo(2);
            assertThat(ai.refused()).isEqualTo(1);
            assertThat(ai.personless()).isEqualTo(1);
            assertThat(ai.results()).containsEntry(CaptureResult.INVALID, 1L);
            assertThat(ai.isBalanced()).isTrue();
            assertThat(all.accepted()).isEqualTo(5);
            assertThat(all.delivered()).isEqualTo(4);
            assertThat(all.isBalanced()).isTrue();
        }
    }

    @Test
    void shouldCarryAiEventsOfEightMebibytesAndNoMore() {
        String text = "x".repeat(8 * MEBIBYTE - 1_024);
        String tooLong = "secret".repeat(8 * MEBIBYTE / 6 + 1);
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.requestTimeout(Duration.ofSeconds(20)))) {
            CaptureClient client = fixture.client();
            assertThat(client.capture("p", "$ai_generation", Map.of("text", text)))
                    .isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(client.ai().capture("p", "$ai_generation", Map.of("text", text)))
                    .isPresent();
            assertThat(client.ai().event("$ai_large").put("text", tooLong).send())
                    .isEqualTo(CaptureResult.TOO_LARGE);
            assertThat(client.ai().capture("p", "$ai_large", Map.of("text", tooLong)))
                    .isEmpty();
            fixture.flush();
            Await.until(
                    () -> fixture.logger().from(System.Logger.Level.WARNING).stream()
                            .anyMatch(line -> line.contains("over the limit")),
                    "the size is said");

            assertThat(fixture.logger().from(System.Logger.Level.DEBUG))
                    .allSatisfy(line -> assertThat(line).doesNotContain("secret"));
        }
        assertThat(collector.eventsBy(Route.AI))
                .singleElement()
                .satisfies(event ->
                        assertThat(((String) event.property("text")).length()).isEqualTo(text.length()));
    }

    @Test
    void shouldCutBatchesOfAiEventsNearTheirOwnLimit() {
        String text = "x".repeat(3 * MEBIBYTE);
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(), config -> config.requestTimeout(Duration.ofSeconds(20)))) {
            for (int i = 0; i < 4; i++) {
                assertThat(fixture.client().ai().capture("p", "$ai_span", Map.of("text", text, "n", i)))
                        .isPresent();
            }
            fixture.flush();
        }
        assertThat(collector.requestsTo(Route.AI))
                .extracting(request -> request.events().size())
                .containsExactly(1, 1, 1, 1);
    }

    @Test
    void shouldPutSmallAiEventsIntoOneRequest() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            for (int i = 0; i < 20; i++) {
                fixture.client().ai().capture("p", "$ai_span", Map.of("n", i));
            }
            fixture.flush();
        }
        assertThat(collector.requestsTo(Route.AI))
                .extracting(ReceivedRequest::path)
                .containsExactly("/i/v0/ai/batch/");
        assertThat(collector.eventsBy(Route.AI))
                .extracting(event -> event.property("n"))
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void shouldShowAiEventsToHooks() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.beforeSend(event -> {
                    event.properties().put("hooked", true);
                    return event.name().equals("$ai_dropped") ? null : event;
                }))) {
            assertThat(fixture.client().ai().capture("p", "$ai_span", Map.of())).isPresent();
            assertThat(fixture.client().ai().capture("p", "$ai_dropped", Map.of()))
                    .isEmpty();
            fixture.flush();
            assertThat(fixture.client().ai().stats().results()).containsEntry(CaptureResult.FILTERED, 1L);
        }
        assertThat(collector.eventsBy(Route.AI))
                .singleElement()
                .satisfies(event -> assertThat(event.property("hooked")).isEqualTo(true));
    }

    @Test
    void shouldNotHoldUpOtherEventsWhileAiEventsAreStuck() {
        collector.answerWhen(request -> request.path().contains("/ai/"), Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            for (int i = 0; i < 10; i++) {
                fixture.client().ai().capture("p", "$ai_span", Map.of());
            }
            fixture.capture(10);
            collector.awaitEventsBy(Route.BATCH, 10, Await.LONG);
            fixture.client().discard();
        }
    }
}
