package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.Outcome;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.EventVerdict;
import dev.penstock.collector.EventVerdicts;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.RecordingLogger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The table of what is dropped and how it is told, a test for each of its rows: the answer, what is said of it and how
 * loud. No call throws for any of these.
 */
@Timeout(60)
class ValidationTableTest {

    private static final String[] BLANKS = {null, "", " ", "\t\n"};

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private ClientFixture client() {
        return ClientFixture.of(collector);
    }

    private static List<RecordingLogger.Line> linesWith(ClientFixture fixture, String part) {
        return fixture.logger().lines().stream()
                .filter(line -> line.text().contains(part))
                .toList();
    }

    /** Waits for what is said, which is said once however often it happened. */
    private static void assertSaidOnce(ClientFixture fixture, Level level, String part) {
        Await.until(() -> !linesWith(fixture, part).isEmpty(), "said: " + part);
        fixture.client().close();
        assertThat(linesWith(fixture, part).get(0).level()).isEqualTo(level);
        assertThat(fixture.logger().lines())
                .filteredOn(line -> line.level().getSeverity() >= Level.WARNING.getSeverity())
                .hasSize(level == Level.WARNING ? 1 : 0);
    }

    private static void assertAnswered(ClientFixture fixture, CaptureResult result, long times) {
        assertThat(fixture.stats().results()).containsEntry(result, times);
        assertThat(fixture.stats().accepted()).isZero();
    }

    @Test
    @DisplayName("client disabled, blank key")
    void shouldAnswerDisabledAndSayABlankKeyOnceAtBuild() {
        for (String key : new String[] {"", " "}) {
            RecordingLogger logger = new RecordingLogger();
            try (CaptureClient client = CaptureClients.create(
                    ClientConfig.builder(key).logger(logger).build())) {
                assertThat(logger.from(Level.WARNING))
                        .singleElement()
                        .asString()
                        .contains("key");
                assertThat(client.capture("p", "e", Map.of())).isEqualTo(CaptureResult.DISABLED);
                assertThat(client.capture("p", "e", Map.of())).isEqualTo(CaptureResult.DISABLED);
                assertThat(client.stats().results()).containsEntry(CaptureResult.DISABLED, 2L);
            }
            assertThat(logger.lines()).hasSize(1);
        }
        RecordingLogger logger = new RecordingLogger();
        try (CaptureClient client = CaptureClients.create(
                ClientConfig.builder("phc_test").enabled(false).logger(logger).build())) {
            assertThat(client.capture("p", "e", Map.of())).isEqualTo(CaptureResult.DISABLED);
        }
        assertThat(logger.from(Level.WARNING)).isEmpty();
    }

    @Test
    @DisplayName("after close")
    void shouldAnswerClosedAndSayItOnce() {
        try (ClientFixture fixture = client()) {
            fixture.client().close();
            for (int i = 0; i < 5; i++) {
                assertThat(fixture.client().capture("p", "e", Map.of())).isEqualTo(CaptureResult.CLOSED);
            }
            assertAnswered(fixture, CaptureResult.CLOSED, 5);
            assertSaidOnce(fixture, Level.WARNING, "CLOSED");
        }
    }

    @Test
    @DisplayName("event name null or blank")
    void shouldAnswerInvalidAndWarnOfTheCallsKind() {
        for (String blank : BLANKS) {
            try (ClientFixture fixture = client()) {
                CaptureClient client = fixture.client();
                assertThat(client.capture("p", blank, Map.of())).isEqualTo(CaptureResult.INVALID);
                assertThat(client.event(blank).send()).isEqualTo(CaptureResult.INVALID);
                assertThat(client.capture((writer, name) -> writer.event(name), blank))
                        .isEqualTo(CaptureResult.INVALID);
                assertAnswered(fixture, CaptureResult.INVALID, 3);
                assertSaidOnce(fixture, Level.WARNING, "capture without an event name");
            }
        }
        Map<String, Function<CaptureClient, EventBuilder>> kinds = new LinkedHashMap<>();
        kinds.put("identify", client -> client.identify("p"));
        kinds.put("person", client -> client.person("p").setPerson("a", 1));
        kinds.put("groupIdentify", client -> client.groupIdentify("t", "k"));
        kinds.put("exception", client -> client.exception(new IllegalStateException(), ExceptionDetails.MANUAL));
        kinds.forEach((kind, builder) -> {
            try (ClientFixture fixture = client()) {
                assertThat(builder.apply(fixture.client()).event(" ").send()).isEqualTo(CaptureResult.INVALID);
                assertSaidOnce(fixture, Level.WARNING, kind + " without an event name");
            }
        });
    }

    @Test
    @DisplayName("distinct id null or blank in capture")
    void shouldSendAPersonlessEventAndCountIt() {
        try (ClientFixture fixture = client()) {
            for (String blank : BLANKS) {
                assertThat(fixture.client().capture(blank, "e", Map.of())).isEqualTo(CaptureResult.ACCEPTED);
            }
            fixture.flush();
            assertThat(fixture.stats().personless()).isEqualTo(BLANKS.length);
            fixture.client().close();
            fixture.assertQuiet();
            assertDebugLine(fixture, "events without a distinct id are personless");
        }
        assertThat(collector.events()).hasSize(BLANKS.length).allSatisfy(event -> {
            assertThat(event.distinctId()).hasSize(36);
            assertThat(event.property("$process_person_profile")).isEqualTo(false);
        });
        assertThat(collector.events()).extracting(ReceivedEvent::distinctId).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("distinct id blank in identify, set, alias (either id)")
    void shouldAnswerInvalidAndWarnOfTheMissingId() {
        Map<String, Function<String, Function<CaptureClient, CaptureResult>>> calls = new LinkedHashMap<>();
        calls.put(
                "identify without a distinct id",
                id -> client -> client.identify(id).send());
        calls.put(
                "person without a distinct id",
                id -> client -> client.person(id).setPerson("a", 1).send());
        calls.put(
                "alias without a distinct id",
                id -> client -> client.alias().distinctId(id).alias("q").send());
        calls.put(
                "alias without a second id",
                id -> client -> client.alias().distinctId("p").alias(id).send());
        calls.forEach((message, call) -> {
            try (ClientFixture fixture = client()) {
                for (String blank : BLANKS) {
                    assertThat(call.apply(blank).apply(fixture.client())).isEqualTo(CaptureResult.INVALID);
                }
                assertAnswered(fixture, CaptureResult.INVALID, BLANKS.length);
                assertSaidOnce(fixture, Level.WARNING, message);
            }
        });
        assertThat(collector.requests()).isEmpty();
    }

    @Test
    @DisplayName("group type or key blank")
    void shouldAnswerInvalidAndWarnOfTheGroup() {
        for (String blank : BLANKS) {
            try (ClientFixture fixture = client()) {
                assertThat(fixture.client().groupIdentify(blank, "k").send()).isEqualTo(CaptureResult.INVALID);
                assertThat(fixture.client().groupIdentify("t", blank).send()).isEqualTo(CaptureResult.INVALID);
                assertAnswered(fixture, CaptureResult.INVALID, 2);
                assertSaidOnce(fixture, Level.WARNING, "groupIdentify without a group type and key");
            }
        }
        assertThat(collector.requests()).isEmpty();
        try (ClientFixture fixture = client()) {
            fixture.client().event("e").group("t", " ").group(null, "k").send();
            fixture.flush();
            assertThat(fixture.stats().valuesReplaced()).isEqualTo(2);
        }
        assertThat(collector.events())
                .singleElement()
                .satisfies(event -> assertThat(event.properties()).doesNotContainKey("$groups"));
    }

    @Test
    @DisplayName("person with nothing to set")
    void shouldIgnoreThePersonAndSayItQuietly() {
        try (ClientFixture fixture = client()) {
            assertThat(fixture.client().person("p").send()).isEqualTo(CaptureResult.INVALID);
            assertAnswered(fixture, CaptureResult.INVALID, 1);
            assertSaidOnce(fixture, Level.DEBUG, "nothing to set");
        }
        assertThat(collector.requests()).isEmpty();
    }

    @Test
    @DisplayName("malformed uuid")
    void shouldMakeANewUuidAndWarn() {
        try (ClientFixture fixture = client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.client()
                                .event("e")
                                .uuidText("malformed-secret")
                                .send())
                        .isEqualTo(CaptureResult.ACCEPTED);
            }
            fixture.flush();
            assertSaidOnce(fixture, Level.WARNING, "uuid");
            assertThat(linesWith(fixture, "secret")).isEmpty();
        }
        assertThat(collector.events())
                .extracting(ReceivedEvent::uuid)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allSatisfy(uuid -> assertThat(uuid).hasSize(36));
    }

    @Test
    @DisplayName("timestamp null")
    void shouldTakeNowAndSayNothing() {
        Instant before = Instant.now();
        try (ClientFixture fixture = client()) {
            assertThat(fixture.client()
                            .event("e")
                            .distinctId("u")
                            .timestamp((Instant) null)
                            .send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
            fixture.client().close();
            assertThat(fixture.logger().lines()).isEmpty();
        }
        assertThat(collector.events())
                .singleElement()
                .satisfies(event -> assertThat(event.timestamp())
                        .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1)));
    }

    @Test
    @DisplayName("event larger than the limit")
    void shouldAnswerTooLargeAndWarnWithNameAndLimit() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.maxEventBytes(10_000))) {
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.client().capture("p", "huge event", Map.of("text", "secret".repeat(2_000))))
                        .isEqualTo(CaptureResult.TOO_LARGE);
            }
            assertAnswered(fixture, CaptureResult.TOO_LARGE, 3);
            assertSaidOnce(fixture, Level.WARNING, "huge event");
            assertThat(linesWith(fixture, "10000 bytes")).hasSize(1);
            assertThat(linesWith(fixture, "secret")).isEmpty();
        }
    }

    @Test
    @DisplayName("ring full")
    void shouldAnswerRingFullAndSummariseIt() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.ringSlots(64).maxBatchEvents(1).maxInFlightRequests(1))) {
            Await.until(
                    () -> fixture.client().capture("p", "e", Map.of()) == CaptureResult.RING_FULL, "the ring is full");
            for (int i = 0; i < 10; i++) {
                fixture.client().capture("p", "e", Map.of());
            }
            Await.until(() -> !linesWith(fixture, "RING_FULL").isEmpty(), "said: RING_FULL");
            fixture.client().discard();

            assertThat(fixture.stats().results().get(CaptureResult.RING_FULL)).isGreaterThanOrEqualTo(11);
            assertThat(linesWith(fixture, "RING_FULL")).hasSize(1);
            assertThat(linesWith(fixture, "RING_FULL").get(0).level()).isEqualTo(Level.DEBUG);
        }
    }

    @Test
    @DisplayName("before-send returns null")
    void shouldAnswerFilteredAndCountIt() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.beforeSend(event -> null))) {
            assertThat(fixture.client().capture("p", "e", Map.of())).isEqualTo(CaptureResult.FILTERED);
            assertThat(fixture.client().capture("p", "e", Map.of())).isEqualTo(CaptureResult.FILTERED);
            assertAnswered(fixture, CaptureResult.FILTERED, 2);
            fixture.flush();
            fixture.client().close();
            fixture.assertQuiet();
            assertDebugLine(fixture, "left out by a before-send hook");
        }
        assertThat(collector.requests()).isEmpty();
    }

    @Test
    @DisplayName("before-send fails")
    void shouldAnswerFilteredAndWarn() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.beforeSend(event -> {
                    throw new IllegalStateException("secret");
                }))) {
            assertThat(fixture.client().capture("p", "e", Map.of())).isEqualTo(CaptureResult.FILTERED);
            assertThat(fixture.client().capture("p", "e", Map.of())).isEqualTo(CaptureResult.FILTERED);
            assertAnswered(fixture, CaptureResult.FILTERED, 2);
            assertSaidOnce(fixture, Level.WARNING, "IllegalStateException");
            assertThat(linesWith(fixture, "secret")).isEmpty();
        }
        assertThat(collector.requests()).isEmpty();
    }

    @Test
    @DisplayName("super or caller property that is reserved for exceptions")
    void shouldIgnoreTheReservedProperty() {
        Map<String, Object> reserved = Map.of("$exception_source", "mine", "$exception_handled", "mine");
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.superProperties(reserved))) {
            assertThat(fixture.client().captureException("p", new IllegalStateException(), reserved))
                    .isEqualTo(CaptureResult.ACCEPTED);
            fixture.flush();
            fixture.client().close();
            fixture.assertQuiet();
            assertDebugLine(fixture, "ignored because the client sets it itself");
        }
        assertThat(collector.events())
                .singleElement()
                .satisfies(event -> assertThat(event.properties())
                        .doesNotContainKeys("$exception_source", "$exception_handled")
                        .containsEntry("$exception_level", "error"));
    }

    private static void assertDebugLine(ClientFixture fixture, String text) {
        assertThat(fixture.logger().lines())
                .filteredOn(line -> line.level() == System.Logger.Level.DEBUG)
                .anySatisfy(line -> assertThat(line.text()).contains(text));
    }

    private List<DeliveryNotice> noticesOf(CaptureMode mode, int events, String... warning) {
        List<DeliveryNotice> notices = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(
                collector.uri(),
                config -> config.captureMode(mode)
                        .maxRetries(1)
                        .maxBatchEvents(1)
                        .retryDelay(Duration.ofMillis(100))
                        .deliveryListener(notices::add))) {
            fixture.capture(events);
            fixture.flush();
            Await.until(() -> notices.size() == events, "a notice of each event");
            fixture.awaitWarning(warning);
        }
        return notices;
    }

    @Test
    @DisplayName("server refuses (a final status, or a verdict on one event)")
    void shouldEndInRefusedAndWarnOnce() {
        collector.answerAll(Answer.status(401));
        assertThat(noticesOf(CaptureMode.V0, 3, "401")).allSatisfy(notice -> {
            assertThat(notice.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(notice.reason()).contains("401");
        });
        collector.answerAll(Answer.verdicts(EventVerdicts.all(EventVerdict.DROP.withDetails("missing distinct id"))));
        assertThat(noticesOf(CaptureMode.V1, 3, "missing distinct id")).allSatisfy(notice -> {
            assertThat(notice.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(notice.reason()).contains("missing distinct id");
        });
    }

    @Test
    @DisplayName("attempts or deadline used up")
    void shouldEndInExpiredAndWarnOnce() {
        collector.answerAll(Answer.status(503));
        assertThat(noticesOf(CaptureMode.V0, 3, "retries", "503")).allSatisfy(notice -> {
            assertThat(notice.outcome()).isEqualTo(Outcome.EXPIRED);
            assertThat(notice.reason()).contains("503");
        });
        assertThat(collector.events()).isEmpty();
    }
}
