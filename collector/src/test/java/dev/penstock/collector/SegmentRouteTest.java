package dev.penstock.collector;

import static dev.penstock.collector.Batches.gzip;
import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.Batches.uuid;
import static dev.penstock.collector.SegmentRequests.BATCH;
import static dev.penstock.collector.SegmentRequests.IMPORT;
import static dev.penstock.collector.SegmentRequests.KEY;
import static dev.penstock.collector.SegmentRequests.TIMESTAMP;
import static dev.penstock.collector.SegmentRequests.basic;
import static dev.penstock.collector.SegmentRequests.batch;
import static dev.penstock.collector.SegmentRequests.message;
import static dev.penstock.collector.SegmentRequests.post;
import static dev.penstock.collector.SegmentRequests.track;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentRouteTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private Collector collector;

    @BeforeEach
    void start() {
        collector = Collector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/"})
    void shouldTakeMessagesOnEachPathAndTellWhichItWas(String path) throws IOException {
        RawClient.Reply reply = post(collector, path, batch(track(1), track(2)));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"success\":true}");
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        collector.awaitEventsBy(Route.SEGMENT, 2, WAIT);
        assertThat(collector.eventsBy(Route.SEGMENT)).hasSize(2);
        assertThat(collector.requestsTo(Route.SEGMENT)).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo(path);
            assertThat(request.body()).contains("\"sentAt\"");
            assertThat(request.hasEvent("Item Bought")).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/"})
    void shouldAnswerOtherMethodsWith405(String path) throws IOException {
        try (RawClient client = new RawClient(collector)) {
            RawClient.Reply reply = client.get(path);
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.headers()).containsEntry("allow", "POST");
        }
        assertThat(collector.stats().requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batches", "/v1/batch//", "/v1/imports", "/v1/track", "/v1", "/V1/batch"})
    void shouldNotKnowOtherPaths(String path) throws IOException {
        assertThat(post(collector, path, batch(track(1))).status()).isEqualTo(404);
        assertThat(collector.stats().requests()).isZero();
    }

    @Test
    void shouldCheckTheTypeOfTheBody() throws IOException {
        byte[] body = utf8(batch(track(1)));
        String key = basic(KEY, "");
        assertThat(post(collector, BATCH, body, key, "Content-Type: text/plain").status())
                .isEqualTo(400);
        assertThat(post(collector, BATCH, body, key, "Content-Type: application/json; charset=UTF-8")
                        .status())
                .isEqualTo(200);
        assertThat(collector.invalidReasons()).containsExactly("Content-Type is not application/json");
    }

    @Test
    void shouldTakeGzipAndPlainBodies() throws IOException {
        byte[] plain = utf8(batch(track(1)));
        byte[] wire = gzip(plain);
        String key = basic(KEY, "");
        assertThat(post(collector, BATCH, wire, key, "Content-Encoding: gzip").status())
                .isEqualTo(200);
        assertThat(post(collector, IMPORT, plain, key, "Content-Encoding: identity")
                        .status())
                .isEqualTo(200);
        assertThat(post(collector, BATCH, plain, key, "Content-Encoding: gzip").status())
                .isEqualTo(400);
        assertThat(post(collector, BATCH, wire, key, "Content-Encoding: deflate")
                        .status())
                .isEqualTo(400);
        assertThat(post(collector, BATCH, wire, key).status()).isEqualTo(400);
        assertThat(collector.invalidReasons())
                .startsWith("body is not gzip", "Content-Encoding \"deflate\" is not accepted here");
        assertThat(collector.requests().get(0).body()).isEqualTo(new String(plain, 0, plain.length, UTF_8));
        assertThat(collector.requests().get(0).wireBytes()).isEqualTo(wire.length);
    }

    @Test
    void shouldShowTheHeaderFieldsOfEachTry() throws IOException {
        String key = basic(KEY, "");
        byte[] body = utf8(batch(track(1)));
        post(collector, BATCH, body, key, "User-Agent: anything at all");
        post(collector, BATCH, body, key, "X-Retry-Count: 1");
        assertThat(collector.requests().get(0).header("x-retry-count")).isEmpty();
        assertThat(collector.requests().get(0).header("user-agent")).contains("anything at all");
        assertThat(collector.requests().get(1).header("x-retry-count")).contains("1");
        assertThat(collector.stats().invalid()).isZero();
    }

    @Test
    void shouldKeepMessagesAsReceived() throws IOException {
        String sent = message(
                1,
                "\"type\" : \"track\",\"userId\":\"u-19\",\"anonymousId\":\"a-5\",\"event\":\"Item Bought\","
                        + "\"properties\":{\"sku\":\"sword-3\",\"price\":4.5},\"context\":{\"ip\":\"203.0.113.9\"},"
                        + "\"integrations\":{\"All\":false,\"Mixpanel\":true}");
        post(collector, BATCH, batch(track(7), sent));
        ReceivedEvent event = collector.events().get(1);
        assertThat(event.route()).isEqualTo(Route.SEGMENT);
        assertThat(event.event()).isEqualTo("Item Bought");
        assertThat(event.distinctId()).isEqualTo("u-19");
        assertThat(event.uuid()).isEqualTo(uuid(1));
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-03-01T10:00:04.871Z"));
        assertThat(event.timestampText()).isEqualTo("2026-03-01T10:00:04.871Z");
        assertThat(event.json()).isEqualTo(sent);
        assertThat(event.propertiesJson()).isEqualTo("{\"sku\":\"sword-3\",\"price\":4.5}");
        assertThat(event.property("price")).isEqualTo(4.5);
        assertThat(event.fields())
                .containsEntry("type", "track")
                .containsEntry("messageId", uuid(1))
                .containsEntry("context", Map.of("ip", "203.0.113.9"))
                .containsEntry("integrations", Map.of("All", false, "Mixpanel", true));
    }

    @Test
    void shouldTellWhatEachTypeIsAbout() throws IOException {
        String ids = "\"userId\":\"u\"";
        post(
                collector,
                IMPORT,
                batch(
                        message(1, "\"type\":\"identify\",\"traits\":{\"plan\":\"gold\"}," + ids),
                        message(2, "\"type\":\"page\",\"name\":\"Pricing\",\"anonymousId\":\"a\",\"userId\":\" \""),
                        message(3, "\"type\":\"screen\"," + ids),
                        message(4, "\"type\":\"group\",\"groupId\":\"guild-12\",\"traits\":{\"plan\":\"team\"}," + ids),
                        message(5, "\"type\":\"alias\",\"previousId\":\"a-5\"," + ids),
                        message(6, "\"type\":\"alias\",\"previousId\":\"a-5\",\"anonymousId\":\"a-6\""),
                        message(7, "\"type\":\"track\",\"event\":\"e\",\"name\":\"n\"," + ids)));
        List<ReceivedEvent> events = collector.events();
        assertThat(events)
                .extracting(ReceivedEvent::event)
                .containsExactly("", "Pricing", "", "guild-12", "a-5", "a-5", "e");
        assertThat(events).extracting(ReceivedEvent::distinctId).containsExactly("u", "a", "u", "u", "u", "a-6", "u");
        assertThat(events.get(0).property("plan")).isEqualTo("gold");
        assertThat(events.get(3).propertiesJson()).isEqualTo("{\"plan\":\"team\"}");
        assertThat(events.get(2).properties()).isEmpty();
        assertThat(events.get(2).propertiesJson()).isEqualTo("{}");
    }

    @Test
    void shouldReadThePropertiesThatGoWithTheType() throws IOException {
        String both =
                "\"properties\":{\"of\":\"p\"},\"traits\":{\"of\":\"t\"},\"userId\":\"u\",\"event\":\"e\",\"groupId\":\"g\","
                        + "\"previousId\":\"p\",\"type\":";
        post(
                collector,
                IMPORT,
                batch(
                        message(1, both + "\"identify\""),
                        message(2, both + "\"track\""),
                        message(3, both + "\"page\""),
                        message(4, both + "\"screen\""),
                        message(5, both + "\"group\""),
                        message(6, both + "\"alias\"")));
        List<ReceivedEvent> events = collector.events();
        assertThat(events).extracting(event -> event.property("of")).containsExactly("t", "p", "p", "p", "t", null);
        assertThat(events.get(0).propertiesJson()).isEqualTo("{\"of\":\"t\"}");
        assertThat(events.get(5).properties()).isEmpty();
        assertThat(events.get(5).propertiesJson()).isEqualTo("{}");
    }

    @Test
    void shouldReadATimestampOfAnotherZone() throws IOException {
        String text = "2026-03-01T12:30:04.871+02:30";
        post(collector, BATCH, batch(track(1).replace("2026-03-01T10:00:04.871Z", text)));
        assertThat(collector.events().get(0).timestamp()).isEqualTo(Instant.parse("2026-03-01T10:00:04.871Z"));
        assertThat(collector.events().get(0).timestampText()).isEqualTo(text);
    }

    @Test
    void shouldNameAMessageIdThatIsNoUuid() throws IOException {
        post(
                collector,
                BATCH,
                batch(
                        custom("order-\u6f22-1"),
                        custom(uuid(0xab)),
                        custom(uuid(0xac).toUpperCase(ROOT))));
        assertThat(collector.events())
                .extracting(ReceivedEvent::uuid)
                .containsExactly(
                        UUID.nameUUIDFromBytes(utf8("order-\u6f22-1")).toString(),
                        uuid(0xab),
                        UUID.nameUUIDFromBytes(utf8(uuid(0xac).toUpperCase(ROOT)))
                                .toString());
        assertThat(collector.events().get(0).fields()).containsEntry("messageId", "order-\u6f22-1");
    }

    private static String custom(String messageId) {
        return "{\"messageId\":\"" + messageId + "\"," + TIMESTAMP
                + ",\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\"}";
    }

    @ParameterizedTest
    @EnumSource(CollectorMode.class)
    void shouldCountDuplicatesAcrossRequests(CollectorMode mode) throws IOException {
        try (Collector other = Collector.builder().mode(mode).start()) {
            post(other, BATCH, batch(track(1), custom("order-1"), custom("order-2")));
            post(other, IMPORT, batch(custom("order-2"), track(1), custom("order-3")));
            // The same letters, written otherwise.
            post(other, BATCH, batch(custom("order-\\u0033")));
            assertThat(other.stats().events()).isEqualTo(7);
            assertThat(other.stats().segmentEvents()).isEqualTo(7);
            assertThat(other.stats().distinct()).isEqualTo(4);
            assertThat(other.stats().duplicates()).isEqualTo(3);
            assertThat(other.stats().toJson()).contains("\"segment_events\":7");
            assertThat(other.events()).hasSize(mode == CollectorMode.STORE ? 7 : 0);
            other.reset();
            assertThat(other.stats().segmentEvents()).isZero();
        }
    }

    @Test
    void shouldCountItsMessagesApart() throws IOException {
        post(collector, BATCH, batch(track(1), track(2)));
        RawClient.postOnce(collector, one(3));
        assertThat(collector.stats().events()).isEqualTo(3);
        assertThat(collector.stats().segmentEvents()).isEqualTo(2);
        assertThat(collector.events())
                .extracting(ReceivedEvent::route)
                .containsExactly(Route.SEGMENT, Route.SEGMENT, Route.BATCH);
        assertThatThrownBy(() -> collector.awaitEventsBy(Route.SEGMENT, 3, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("3 events by SEGMENT")
                .hasMessageContaining("segmentEvents=2");
    }

    @Test
    void shouldAnswerAsScriptedInItsOwnWords() throws IOException {
        collector.answerNextTo(
                Route.SEGMENT, Answer.status(503).header("Retry-After", "2"), Answer.status(202), Answer.status(429));
        RawClient.postOnce(collector, one(9));
        RawClient.Reply first = post(collector, BATCH, batch(track(1)));
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.headers()).containsEntry("retry-after", "2");
        assertThat(first.body()).isEqualTo("{\"success\":false,\"error\":\"scripted answer 503\"}");
        assertThat(collector.stats().segmentEvents()).isZero();
        RawClient.Reply second = post(collector, BATCH, batch(track(1)));
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo("{\"success\":true}");
        assertThat(post(collector, IMPORT, batch(track(2))).status()).isEqualTo(429);
        assertThat(post(collector, IMPORT, batch(track(2))).status()).isEqualTo(200);
        assertThat(collector.stats().segmentEvents()).isEqualTo(2);
        assertThat(collector.stats().duplicates()).isZero();
        assertThat(collector.requestsTo(Route.SEGMENT))
                .extracting(ReceivedRequest::status)
                .containsExactly(503, 202, 429, 200);
    }

    @Test
    void shouldAnswerByConditionInBothModes() throws IOException {
        for (CollectorMode mode : CollectorMode.values()) {
            try (Collector other = Collector.builder().mode(mode).start()) {
                other.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
                String poison = track(2).replace("Item Bought", "poison");
                assertThat(post(other, BATCH, batch(track(1), poison)).status()).isEqualTo(400);
                assertThat(post(other, BATCH, batch(track(1))).status()).isEqualTo(200);
                assertThat(other.stats().segmentEvents()).isEqualTo(1);
                assertThat(other.stats().invalid()).isZero();
            }
        }
    }

    @Test
    void shouldHoldARequestUntilReleased() throws IOException {
        collector.answerNextTo(Route.SEGMENT, Answer.hang());
        try (RawClient client = new RawClient(collector)) {
            client.sendPost(BATCH, utf8(batch(track(1))), basic(KEY, ""));
            collector.awaitRequests(1, WAIT);
            assertThat(collector.stats().segmentEvents()).isZero();
            collector.release();
            RawClient.Reply reply = client.read();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"success\":true}");
            collector.awaitEventsBy(Route.SEGMENT, 1, WAIT);
        }
    }

    @Test
    void shouldFailAsANetworkDoes() throws IOException {
        collector.answerNextTo(
                Route.SEGMENT, Answer.reset(), Answer.resetEarly(), Answer.truncated(), Answer.early(503));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> post(collector, BATCH, batch(track(1)))).isInstanceOf(IOException.class);
        }
        assertThat(collector.stats().segmentEvents()).isEqualTo(1);
        RawClient.Reply early = post(collector, BATCH, batch(track(1)));
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.body()).startsWith("{\"success\":false");
        collector.answerNextTo(Route.SEGMENT, Answer.ok().thenClose());
        try (RawClient client = new RawClient(collector)) {
            assertThat(client.post(BATCH, utf8(batch(track(2))), basic(KEY, "")).status())
                    .isEqualTo(200);
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    @Test
    void shouldRefuseABodyWithoutLengthInItsOwnWords() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.send("POST /v1/batch HTTP/1.1\r\nHost: c\r\n\r\n");
            RawClient.Reply reply = client.read();
            assertThat(reply.status()).isEqualTo(411);
            assertThat(reply.body()).startsWith("{\"success\":false,\"error\":\"neither Content-Length");
        }
    }

    @Test
    void shouldRecordEachMessageOnItsLine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("messages.jsonl");
        for (CollectorMode mode : CollectorMode.values()) {
            Files.deleteIfExists(file);
            try (Collector other = Collector.builder().mode(mode).recordTo(file).start()) {
                post(other, BATCH, batch(track(1), custom("\u6f22"), track(2)));
            }
            assertThat(Files.readAllLines(file)).containsExactly(track(1), custom("\u6f22"), track(2));
        }
    }
}
