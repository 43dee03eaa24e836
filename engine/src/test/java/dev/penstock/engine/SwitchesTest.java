package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.FlushResult;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import dev.penstock.engine.testing.RecordingLogger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Switching off and on, opting out and in, closing, debug messages, and clients that never had an engine. */
@Timeout(60)
class SwitchesTest {

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    /** Every way to capture, by name; AI answers by an id alone and is told apart by the account. */
    private static Map<String, Function<CaptureClient, CaptureResult>> ways() {
        Map<String, Function<CaptureClient, CaptureResult>> ways = new LinkedHashMap<>();
        ways.put("map", client -> client.capture("p", "e", Map.of()));
        ways.put("builder", client -> client.event("e").send());
        ways.put("translator", client -> client.capture((writer, x) -> writer.event("e"), null));
        ways.put(
                "waiting",
                client -> client.captureAndAwait("p", "e", null, Duration.ZERO).result());
        ways.put("identify", client -> client.identify("p").send());
        ways.put("person", client -> client.person("p").setPerson("a", 1).send());
        ways.put("alias", client -> client.alias().distinctId("p").alias("q").send());
        ways.put("group", client -> client.groupIdentify("t", "k").send());
        ways.put("pageview", client -> client.pageview("https://example.org/").send());
        ways.put("screen", client -> client.screen("s").send());
        ways.put("exception", client -> client.captureException(new IllegalStateException()));
        ways.put(
                "log",
                client -> client.logs().captureLog(LogRecord.builder("body").build()));
        ways.put("ai", client -> client.ai().event("$ai_span").send());
        return ways;
    }

    private static void assertAll(CaptureClient client, CaptureResult expected) {
        ways().forEach((name, way) -> assertThat(way.apply(client)).as(name).isEqualTo(expected));
        assertThat(client.ai().capture("p", "$ai_span", Map.of()).isPresent())
                .isEqualTo(expected == CaptureResult.ACCEPTED);
        assertThat(client.event("e").sendForUuid().isPresent()).isEqualTo(expected == CaptureResult.ACCEPTED);
    }

    @Test
    void shouldAcceptInEveryWayWhileItIsOn() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            assertAll(fixture.client(), CaptureResult.ACCEPTED);
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(ways().size() + 2);
        }
    }

    @Test
    void shouldAnswerDisabledInEveryWayWhileItIsOff() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            CaptureClient client = fixture.client();
            client.setEnabled(false);
            assertThat(client.isEnabled()).isFalse();
            assertAll(client, CaptureResult.DISABLED);
            assertThat(client.stats().results()).containsEntry(CaptureResult.DISABLED, ways().size() + 2L);
            fixture.flush();
            assertThat(collector.stats().requests()).isZero();

            client.setEnabled(true);
            assertThat(client.isEnabled()).isTrue();
            assertAll(client, CaptureResult.ACCEPTED);
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldAnswerDisabledInEveryWayWhileItIsOptedOut() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            CaptureClient client = fixture.client();
            assertThat(client.isOptedOut()).isFalse();
            client.optOut();
            client.setEnabled(true);
            assertThat(client.isOptedOut()).isTrue();
            assertThat(client.isEnabled()).isFalse();
            assertAll(client, CaptureResult.DISABLED);

            client.optIn();
            assertThat(client.isOptedOut()).isFalse();
            assertAll(client, CaptureResult.ACCEPTED);
        }
    }

    @Test
    void shouldBeginOptedOutIfConfiguredSo() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.optedOut(true))) {
            assertThat(fixture.client().isOptedOut()).isTrue();
            assertAll(fixture.client(), CaptureResult.DISABLED);
            fixture.client().optIn();
            fixture.capture(1);
            fixture.flush();
        }
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void shouldSendWhatWasAcceptedBeforeItWasSwitchedOff() {
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config)) {
            fixture.capture(10);
            fixture.client().setEnabled(false);
            fixture.client().optOut();
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(10);
        }
    }

    @Test
    void shouldAnswerAnOpenBuilderByTheSwitchAtItsEnd() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            var open = fixture.client().event("e");
            fixture.client().setEnabled(false);
            assertThat(open.send()).isEqualTo(CaptureResult.DISABLED);

            var begunWhileOff = fixture.client().event("e");
            fixture.client().setEnabled(true);
            assertThat(begunWhileOff.send()).isEqualTo(CaptureResult.ACCEPTED);
        }
    }

    @Test
    void shouldAnswerClosedInEveryWayWhateverIsSwitched() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            CaptureClient client = fixture.client();
            client.setEnabled(false);
            client.optOut();
            client.close();
            assertAll(client, CaptureResult.CLOSED);
            client.setEnabled(true);
            client.optIn();
            assertAll(client, CaptureResult.CLOSED);

            assertThat(client.isEnabled()).isFalse();
            assertThat(client.flush(Duration.ofSeconds(1))).isEqualTo(FlushResult.CLOSED);
            assertThat(fixture.logger().from(System.Logger.Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("after close");
        }
    }

    static Stream<UnaryOperator<ClientConfig.Builder>> inert() {
        return Stream.of(
                config -> config.enabled(false),
                config -> config.enabled(false).optedOut(true),
                config -> config.enabled(false).debug(true));
    }

    private static CaptureClient inert(
            String key, RecordingLogger logger, UnaryOperator<ClientConfig.Builder> options) {
        return CaptureClients.create(
                options.apply(ClientConfig.builder(key).name("inert").logger(logger))
                        .build());
    }

    private static void assertInert(CaptureClient client) {
        assertAll(client, CaptureResult.DISABLED);
        client.setEnabled(true);
        client.optIn();
        assertThat(client.isEnabled()).isFalse();
        assertAll(client, CaptureResult.DISABLED);
        client.superProperties().register(Map.of("a", "1"));
        assertThat(client.superProperties().all()).containsEntry("a", "1");
        assertThat(client.event("e")
                        .put("a", 1)
                        .sendAndAwait(Duration.ofSeconds(30))
                        .result())
                .isEqualTo(CaptureResult.DISABLED);
        assertThat(client.exception("not a throwable", ExceptionDetails.MANUAL).send())
                .isEqualTo(CaptureResult.DISABLED);
        assertThat(client.flush(Duration.ofSeconds(30))).isEqualTo(FlushResult.COMPLETED);
        assertThat(client.stats().accepted()).isZero();
        assertThat(client.ai().stats().accepted()).isZero();
        assertThat(EngineThreadNames.alive("inert")).isEmpty();
        assertThat(client.close(Duration.ofSeconds(30)).stats().isBalanced()).isTrue();
        assertAll(client, CaptureResult.DISABLED);
    }

    @ParameterizedTest
    @MethodSource("inert")
    void shouldStayDisabledWithoutAnEngine(UnaryOperator<ClientConfig.Builder> options) {
        RecordingLogger logger = new RecordingLogger();
        assertInert(inert("phc_test", logger, options));

        assertThat(logger.from(System.Logger.Level.WARNING)).isEmpty();
    }

    @Test
    void shouldStayDisabledWithoutAKeyAndSayItOnce() {
        for (String key : new String[] {"", " \t"}) {
            RecordingLogger logger = new RecordingLogger();
            assertInert(inert(key, logger, config -> config));

            assertThat(logger.from(System.Logger.Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("key");
        }
    }

    @Test
    void shouldSayWhatItSendsOnlyWhileDebugMessagesAreOn() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            CaptureClient client = fixture.client();
            fixture.capture("quiet");
            fixture.flush();
            assertThat(client.isDebug()).isFalse();
            fixture.assertQuiet();

            client.debug();
            assertThat(client.isDebug()).isTrue();
            client.capture("secret-person", "secret-event", Map.of("secret-name", "secret-value"));
            client.ai().capture("secret-person", "$ai_secret", Map.of("secret-name", "secret-value"));
            client.logs().captureLog(LogRecord.builder("secret-body").build());
            fixture.flush();
            List<String> said = fixture.logger().from(System.Logger.Level.INFO);
            assertThat(said)
                    .isNotEmpty()
                    .allSatisfy(
                            line -> assertThat(line).doesNotContain("secret").doesNotContain("phc_"));
            assertThat(fixture.logger().from(System.Logger.Level.WARNING)).isEmpty();

            client.debug(false);
            assertThat(client.isDebug()).isFalse();
            int before = fixture.logger().from(System.Logger.Level.INFO).size();
            fixture.capture("quiet again");
            fixture.flush();
            assertThat(fixture.logger().from(System.Logger.Level.INFO)).hasSize(before);
        }
    }

    @Test
    void shouldSendNothingForDebugMessages() {
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.debug(true))) {
            assertThat(fixture.client().isDebug()).isTrue();
            fixture.client().debug(false);
            fixture.client().debug();
            fixture.flush();
        }
        assertThat(collector.stats().requests()).isZero();
    }
}
