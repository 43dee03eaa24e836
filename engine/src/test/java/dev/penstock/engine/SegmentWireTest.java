package dev.penstock.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.IdentifyMessage;
import dev.penstock.client.segment.Integrations;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.client.segment.Traits;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.SegmentFixture;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole requests of a Segment client, byte for byte against the files in {@code wire}. Clock and ids are fixed; version, key
 * and the batch's own id are written as words.
 */
@Timeout(60)
class SegmentWireTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:04.871Z");
    private static final Context DEFAULT_CONTEXT = Context.builder()
            .appName("lobby")
            .appVersion("7")
            .ip("198.51.100.7")
            .put("shard", "eu-2 漢字")
            .build();

    /** What HTTP itself needs. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding");

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private void send(UnaryOperator<SegmentConfig.Builder> options) {
        AtomicLong ids = new AtomicLong();
        try (SegmentFixture fixture = SegmentFixture.sendingOnFlush(
                collector.uri(),
                config -> options.apply(config.clock(InstantSource.fixed(NOW))
                        .idSource(() -> new UUID(0x0195514d6f107000L, 0x8000000000000000L + ids.incrementAndGet()))
                        .defaultContext(DEFAULT_CONTEXT)))) {
            everyKind(fixture.client());
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(7);
        }
        assertThat(collector.invalidReasons()).isEmpty();
    }

    private static void everyKind(SegmentAnalytics client) {
        client.enqueue(IdentifyMessage.builder()
                .userId("u-19")
                .anonymousId("a-5")
                .traits(Traits.builder()
                        .email("u19@example.org")
                        .put("friends", 42)
                        .build())
                .build());
        client.track("Item Bought")
                .userId("u-19")
                .messageId("order-7")
                .put("sku", "sword-3")
                .put("price", 4.5)
                .context("ip", "203.0.113.9")
                .integrations(
                        Integrations.builder().disableAll().enable("Mixpanel").build())
                .send();
        client.track("Imported")
                .userId("u-19")
                .timestamp(Instant.parse("2025-03-09T21:00:00.00000012Z"))
                .send();
        client.page("Pricing")
                .anonymousId("a-5")
                .category("Docs")
                .put("url", "https://example.org/pricing")
                .send();
        client.screen("Lobby").userId("u-19").put("players", 8).send();
        client.group("guild-12").userId("u-19").put("name", "Night Shift").send();
        client.alias().previousId("a-5").userId("u-19").send();
    }

    private static String stable(String text) {
        String key = Base64.getEncoder().encodeToString((SegmentFixture.WRITE_KEY + ":").getBytes(US_ASCII));
        return text.replace(EngineVersion.version(), "VERSION")
                .replace(key, "KEY")
                .replaceFirst("^\\{\"messageId\":\"[-0-9a-f]{36}\"", "{\"messageId\":\"BATCH-ID\"");
    }

    private static String file(String name, String separator) throws IOException {
        try (InputStream in = SegmentWireTest.class.getResourceAsStream("/wire/" + name)) {
            assertThat(in).as(name).isNotNull();
            // One message, or one header, to a line in the file.
            return new String(in.readAllBytes(), UTF_8).lines().collect(Collectors.joining(separator));
        }
    }

    @Test
    void shouldWriteTheBatchOfTheFile() throws IOException {
        send(config -> config);

        assertThat(collector.requests()).hasSize(1);
        assertThat(collector.requests().get(0).route()).isEqualTo(Route.SEGMENT);
        assertThat(stable(collector.requests().get(0).body())).isEqualTo(file("segment-batch.json", ""));
    }

    @Test
    void shouldWriteTheContextIntoEachMessageToo() throws IOException {
        send(config -> config.contextInMessages(true));

        assertThat(collector.requests()).hasSize(1);
        assertThat(stable(collector.requests().get(0).body())).isEqualTo(file("segment-context-in-messages.json", ""));
    }

    @Test
    void shouldWriteTheSameWithAndWithoutCompression() throws IOException {
        send(config -> config.compression(false));

        assertThat(collector.requests().get(0).header("content-encoding")).isEmpty();
        assertThat(stable(collector.requests().get(0).body())).isEqualTo(file("segment-batch.json", ""));
    }

    @Test
    void shouldSendTheHeadersOfTheFileOverThreeTries() throws IOException {
        collector.answerNext(Answer.status(503), Answer.status(429));
        send(config -> config);

        assertThat(collector.requests()).hasSize(3);
        String headers = collector.requests().stream()
                .map(SegmentWireTest::headers)
                .map(SegmentWireTest::stable)
                .collect(Collectors.joining("\n\n"));
        assertThat(headers).isEqualTo(file("segment-headers.txt", "\n"));
    }

    private static String headers(ReceivedRequest request) {
        TreeMap<String, String> headers = new TreeMap<>(request.headers());
        headers.keySet().removeAll(OF_THE_CONNECTION);
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
        return "POST " + request.path() + "\n" + lines;
    }

    @Test
    void shouldChangeOnlyItsTimeFromOneTryToTheNext() {
        collector.answerNext(Answer.status(500));
        send(config -> config);

        String first = collector.requests().get(0).body();
        String second = collector.requests().get(1).body();
        assertThat(second)
                .isNotEqualTo(first)
                .isEqualTo(first.replaceFirst(
                        "\"sentAt\":\"2026-03-01T10:00:04.871Z\"", "\"sentAt\":\"2026-03-01T10:00:04.872Z\""));
    }

    @Test
    void shouldGiveEachBatchAnIdOfItsOwn() {
        try (SegmentFixture fixture =
                SegmentFixture.sendingOnFlush(collector.uri(), config -> config.maxBatchMessages(1))) {
            fixture.track(3);
            fixture.flush();
        }
        assertThat(collector.requests())
                .extracting(request -> request.body().substring(0, 50))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allMatch(head -> head.matches("\\{\"messageId\":\"[-0-9a-f]{36}"));
    }
}
