package dev.penstock.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureMode;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.errors.ExceptionDetails;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.client.logs.LogLevel;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.collector.Collector;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.FixedFlags;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole request bodies of a client, with an event of every kind, byte for byte against the files in {@code wire}. Clock and
 * ids are fixed; what the build and the machine decide (version, system, thread) is written as a word.
 */
@Timeout(60)
@SuppressWarnings("try") // scopes are only closed
class WireKindsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:04.871Z");
    private static final RequestContext REQUEST = RequestContext.builder()
            .distinctId("player-77")
            .sessionId("s-88")
            .property("$request_path", "/checkout")
            .property("$window_id", "w-3")
            .flags(FixedFlags.of("new-lobby", FlagValue.variant("blue")))
            .build();

    private static final String DEFINITIONS = """
            {"flags": [
              {"id": 31, "key": "counted", "active": true, "version": 4, "has_experiment": true,
                "filters": {"groups": [{"properties": []}]}},
              {"id": 32, "key": "minimal", "active": true, "version": 2, "has_experiment": false,
                "filters": {"groups": [{"properties": []}]}}
            ], "minimal_flag_called_events": true}
            """;

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private void capture(CaptureMode mode, Consumer<CaptureClient> captures) {
        AtomicLong ids = new AtomicLong();
        UnaryOperator<dev.penstock.client.ClientConfig.Builder> options = config -> config.name("wire")
                .captureMode(mode)
                .clock(InstantSource.fixed(NOW))
                .idSource(() -> new UUID(0x0195514d6f107000L, 0x8000000000000000L + ids.incrementAndGet()))
                .systemProperties(false)
                .flagDefinitionsJson(DEFINITIONS.getBytes(UTF_8))
                .superProperties(new TreeMap<>(Map.of("plan", "pro", "utm_source", "newsletter")));
        try (ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), options)) {
            captures.accept(fixture.client());
            fixture.flush();
        }
    }

    private static String stable(String body) {
        return body.replace(EngineVersion.version(), "VERSION")
                .replace(System.getProperty("os.name"), "OS")
                .replace(System.getProperty("os.version"), "OS-VERSION")
                .replaceAll("\"thread_id\":\\d+", "\"thread_id\":1");
    }

    private static void assertFile(String name, String body) throws IOException {
        try (InputStream in = WireKindsTest.class.getResourceAsStream("/wire/" + name)) {
            assertThat(in).as("%s for %s", name, body).isNotNull();
            // One event to a line in the file.
            String file = new String(in.readAllBytes(), UTF_8).lines().reduce("", String::concat);
            assertThat(stable(body)).isEqualTo(file);
        }
    }

    private static Throwable thrown() {
        IllegalStateException cause = new IllegalStateException("disk full");
        cause.setStackTrace(new StackTraceElement[0]);
        RuntimeException thrown = new UnsupportedOperationException("could not save match 9", cause);
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("com.acme.match.Store", "save", "Store.java", 88),
            new StackTraceElement("com.acme.Main", "main", "Main.java", 12)
        });
        return thrown;
    }

    private static void everyKind(CaptureClient client) {
        client.event("bid won")
                .distinctId("device-9")
                .put("price_micros", 4200)
                .group("publisher", "p-3")
                .setPerson("last_country", "SE")
                .setPersonOnce("first_seen_build", 118)
                .send();
        client.identify("player-77", "guest-5f2")
                .setPerson("email", "p77@example.org")
                .send();
        client.person("player-77")
                .setPersonOnce("signup_build", 101)
                .unsetPerson("trial")
                .send();
        client.alias().distinctId("player-77").alias("guest-5f2").send();
        client.groupIdentify("guild", "g-12").setGroup("name", "Night Shift").send();
        client.groupIdentify("guild", "g-13").distinctId("admin-1").send();
        client.pageview("https://shop.example/cart?step=2").distinctId("u-4").send();
        client.screen("Lobby").distinctId("u-4").put("$screen_name", "ignored").send();
        client.captureException("player-77", thrown(), Map.of("$exception_list", "ignored"));
        client.exception(thrown(), ExceptionDetails.UNCAUGHT_FATAL.withFingerprint("save"))
                .distinctId("player-77")
                .send();
        client.flags().isEnabled("counted", FlagContext.of("player-77"));
        client.flags().isEnabled("minimal", FlagContext.of("player-77"));
        try (ContextScope scope = client.contexts().enter(REQUEST)) {
            client.event("checkout failed")
                    .put("$process_person_profile", true)
                    .disableGeoIp(false)
                    .send();
            client.identify("player-78").send();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteEveryKindOfEventAsInTheFile(CaptureMode mode) throws IOException {
        capture(mode, WireKindsTest::everyKind);

        assertThat(collector.requests()).hasSize(1);
        assertFile(
                "kinds-" + mode.name().toLowerCase(Locale.ROOT) + ".json",
                collector.requests().get(0).body());
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteABatchOfAiEventsAsInTheFileInEitherMode(CaptureMode mode) throws IOException {
        capture(mode, client -> {
            client.ai()
                    .capture(
                            "account-7781",
                            "$ai_generation",
                            new TreeMap<>(Map.of(
                                    "$ai_model",
                                    "demo-model",
                                    "$ai_input",
                                    List.of(new TreeMap<>(
                                            Map.of("role", "user", "content", "Summarise \"the\" 報告"))))));
            try (ContextScope scope = client.contexts().enter(REQUEST)) {
                client.ai().event("$ai_span").put("$ai_latency", 0.25).send();
            }
        });

        assertThat(collector.requests()).hasSize(1);
        assertThat(collector.requests().get(0).route()).isEqualTo(Route.AI);
        assertFile("ai-batch.json", collector.requests().get(0).body());
    }

    @Test
    void shouldWriteABatchOfLogRecordsAsInTheFile() throws IOException {
        capture(CaptureMode.V0, client -> {
            client.logs()
                    .captureLog(LogRecord.builder("checkout failed")
                            .level(LogLevel.ERROR)
                            .attribute("amount_cents", 4999)
                            .attribute("retry", true)
                            .attribute("parts", Arrays.asList("a", 1, null, 0.5))
                            .attribute("nested", Map.of("漢", "字"))
                            .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
                            .spanId("00f067aa0ba902b7")
                            .traceFlags(1)
                            .build());
            try (ContextScope scope = client.contexts().enter(REQUEST)) {
                client.logs().captureLog(LogRecord.builder("within a request").build());
            }
        });

        assertThat(collector.logs().requests()).hasSize(1);
        assertFile("logs-batch.json", collector.logs().requests().get(0).body());
    }
}
