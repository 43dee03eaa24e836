package dev.penstock.collector;

import static dev.penstock.collector.Batches.uuid;
import static dev.penstock.collector.SegmentRequests.BATCH;
import static dev.penstock.collector.SegmentRequests.IMPORT;
import static dev.penstock.collector.SegmentRequests.SENT_AT;
import static dev.penstock.collector.SegmentRequests.TIMESTAMP;
import static dev.penstock.collector.SegmentRequests.batch;
import static dev.penstock.collector.SegmentRequests.envelope;
import static dev.penstock.collector.SegmentRequests.message;
import static dev.penstock.collector.SegmentRequests.post;
import static dev.penstock.collector.SegmentRequests.track;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the Segment route, each by a request that breaks just one; on both paths and in both modes. */
class SegmentRulesTest {
    private static final String TRACK = "\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\"";

    private static Collector storing;
    private static Collector counting;

    @BeforeAll
    static void start() {
        storing = Collector.start();
        counting = Collector.builder().mode(CollectorMode.COUNT).start();
    }

    @AfterAll
    static void stop() {
        storing.close();
        counting.close();
    }

    @BeforeEach
    void reset() {
        storing.reset();
        counting.reset();
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                row("body is not a JSON object", "[]"),
                row("body is not valid JSON", batch(track(1)).replace("]}", "]")),
                row("something follows the JSON object", batch(track(1)) + "{}"),
                row("body is not proper UTF-8 text", batch(track(1)).replace("Bought", "\\ud83d")),
                row("batch is missing", "{" + SENT_AT + "}"),
                row("batch is empty", batch()),
                row("batch is not an array", "{" + SENT_AT + ",\"batch\":" + track(1) + "}"),
                row("batch is null", "{" + SENT_AT + ",\"batch\":null}"),
                row("batch[0] is not an object", batch("7")),
                row("batch[1] is not an object", batch(track(1), "null")),
                row("sentAt is missing", "{\"batch\":[" + track(1) + "]}"),
                row("sentAt is null", envelope("\"sentAt\":null", track(1))),
                row("sentAt is not a string", envelope("\"sentAt\":1772359205", track(1))),
                row("sentAt is not a timestamp", envelope("\"sentAt\":\"2026-03-01T10:00:05\"", track(1))),
                row("messageId is not a string", withEnvelope("\"messageId\":7")),
                row("messageId is blank", withEnvelope("\"messageId\":\"\"")),
                row("messageId is not under 100 characters", withEnvelope(id("b".repeat(100)))),
                row("context is not an object", withEnvelope("\"context\":[]")),
                row("context is null", withEnvelope("\"context\":null")),
                row("library in context is not an object", withEnvelope("\"context\":{\"library\":\"penstock\"}")),
                row("library in context is not an object", withEnvelope("\"context\":{\"library\":null}")),
                row("a is used twice", withEnvelope("\"context\":{\"app\":{\"a\":1,\"a\":2}}")),
                row("integrations is not an object", withEnvelope("\"integrations\":true")),
                row("All in integrations is neither", withEnvelope("\"integrations\":{\"All\":\"true\"}")),
                row("sequence is not a whole number", withEnvelope("\"sequence\":\"1\"")),
                row("sequence is not a whole number", withEnvelope("\"sequence\":1.5")),
                row("writeKey is blank", withEnvelope("\"writeKey\":\" \"")),
                row("writeKey is not a string", withEnvelope("\"writeKey\":1")),
                row("other is null", withEnvelope("\"other\":null")),
                row("sentAt is used twice", withEnvelope(SENT_AT)),
                row("batch[0]: type is missing", one("\"userId\":\"u\",\"event\":\"e\"")),
                row("batch[0]: type is not a string", one("\"userId\":\"u\",\"type\":1")),
                row("batch[0]: type is none of identify", one("\"userId\":\"u\",\"type\":\"Track\"")),
                row("batch[0]: type is none of identify", one("\"userId\":\"u\",\"type\":\"tracks\"")),
                row("batch[0]: type is none of identify", one("\"userId\":\"u\",\"type\":\"\"")),
                row("batch[0]: messageId is missing", batch("{" + TIMESTAMP + "," + TRACK + "}")),
                row("batch[0]: messageId is null", batch("{\"messageId\":null," + TIMESTAMP + "," + TRACK + "}")),
                row("batch[0]: messageId is not a string", batch("{\"messageId\":1," + TIMESTAMP + "," + TRACK + "}")),
                row("batch[0]: messageId is blank", withId("")),
                row("batch[0]: messageId is blank", withId(" ")),
                row("batch[0]: messageId is not under 100 characters", withId("m".repeat(100))),
                row("batch[0]: messageId is not under 100 characters", withId("\u6f22".repeat(100))),
                row("batch[1]: messageId is used twice", batch(track(1), track(1))),
                row("batch[1]: messageId is used twice", batch(custom("m-1"), custom("m-1"))),
                row("batch[0]: timestamp is missing", batch("{" + id("m") + "," + TRACK + "}")),
                row("batch[0]: timestamp is not a string", batch("{" + id("m") + ",\"timestamp\":1," + TRACK + "}")),
                row(
                        "batch[0]: timestamp is not a timestamp",
                        batch("{" + id("m") + ",\"timestamp\":\"2026-03-01\"," + TRACK + "}")),
                row("batch[1]: userId is missing or blank, and so is anonymousId", batch(track(1), noId())),
                row("batch[0]: userId is missing or blank", one("\"type\":\"identify\",\"userId\":\"\"")),
                row(
                        "batch[0]: userId is missing or blank",
                        one("\"type\":\"page\",\"userId\":\" \",\"anonymousId\":\"\"")),
                row("batch[0]: userId is not a string", one("\"type\":\"identify\",\"userId\":19")),
                row("batch[0]: userId is null", one("\"type\":\"identify\",\"userId\":null")),
                row("batch[0]: anonymousId is not a string", one(TRACK + ",\"anonymousId\":{}")),
                row("batch[0]: event is missing", one("\"type\":\"track\",\"userId\":\"u\"")),
                row("batch[0]: event is blank", one("\"type\":\"track\",\"userId\":\"u\",\"event\":\"\"")),
                row("batch[0]: event is not a string", one("\"type\":\"track\",\"userId\":\"u\",\"event\":1")),
                row("batch[0]: groupId is missing", one("\"type\":\"group\",\"userId\":\"u\"")),
                row("batch[0]: groupId is blank", one("\"type\":\"group\",\"userId\":\"u\",\"groupId\":\" \"")),
                row("batch[0]: groupId is not a string", one("\"type\":\"group\",\"userId\":\"u\",\"groupId\":2")),
                row("batch[0]: userId is missing", one("\"type\":\"group\",\"groupId\":\"g\"")),
                row("batch[0]: previousId is missing", one("\"type\":\"alias\",\"userId\":\"u\"")),
                row("batch[0]: previousId is blank", one("\"type\":\"alias\",\"userId\":\"u\",\"previousId\":\"\"")),
                row("batch[0]: userId is missing", one("\"type\":\"alias\",\"previousId\":\"p\"")),
                row("batch[0]: name is not a string", one("\"type\":\"page\",\"userId\":\"u\",\"name\":1")),
                row("batch[0]: name is null", one("\"type\":\"screen\",\"userId\":\"u\",\"name\":null")),
                row("batch[0]: category is not a string", one("\"type\":\"page\",\"userId\":\"u\",\"category\":[]")),
                row("batch[0]: properties is not an object", one(TRACK + ",\"properties\":[]")),
                row("batch[0]: properties is null", one(TRACK + ",\"properties\":null")),
                row("batch[0]: p is used twice", one(TRACK + ",\"properties\":{\"p\":1,\"p\":2}")),
                row("batch[0]: traits is not an object", one("\"type\":\"identify\",\"userId\":\"u\",\"traits\":\"\"")),
                row("batch[0]: context is not an object", one(TRACK + ",\"context\":\"\"")),
                row("batch[0]: library in context is not an object", one(TRACK + ",\"context\":{\"library\":[]}")),
                row("batch[0]: locale in context is not a string", one(TRACK + ",\"context\":{\"locale\":7}")),
                row("direct in context is not a boolean", withEnvelope("\"context\":{\"direct\":\"yes\"}")),
                row("batch[0]: ip is used twice", one(TRACK + ",\"context\":{\"ip\":\"a\",\"ip\":\"a\"}")),
                row("batch[0]: integrations is not an object", one(TRACK + ",\"integrations\":[]")),
                row("batch[0]: Mixpanel in integrations is neither", one(TRACK + ",\"integrations\":{\"Mixpanel\":1}")),
                row("batch[0]: All in integrations is neither", one(TRACK + ",\"integrations\":{\"All\":null}")),
                row("batch[0]: All in integrations is neither", one(TRACK + ",\"integrations\":{\"All\":[]}")),
                row("batch[0]: sentAt is not a", one(TRACK + ",\"sentAt\":1"), IMPORT),
                row("batch[0]: sentAt is in a message", one(TRACK + "," + SENT_AT), BATCH),
                row(
                        "batch[0]: userId is missing",
                        one("\"type\":\"alias\",\"previousId\":\"p\"," + anonymous()),
                        BATCH),
                row("batch[0]: other is null", one(TRACK + ",\"other\":null")),
                row("batch[0]: type is used twice", one(TRACK + ",\"type\":\"track\"")));
    }

    private static Arguments row(String reason, String body, String... paths) {
        return Arguments.of(reason, body, paths.length == 0 ? new String[] {BATCH, IMPORT} : paths);
    }

    private static String one(String members) {
        return batch(message(1, members));
    }

    private static String noId() {
        return message(2, "\"type\":\"track\",\"event\":\"e\"");
    }

    private static String anonymous() {
        return "\"anonymousId\":\"a-5\"";
    }

    private static String id(String messageId) {
        return "\"messageId\":\"" + messageId + "\"";
    }

    private static String custom(String messageId) {
        return "{" + id(messageId) + "," + TIMESTAMP + "," + TRACK + "}";
    }

    private static String withId(String messageId) {
        return batch(custom(messageId));
    }

    private static String withEnvelope(String member) {
        return envelope(SENT_AT + "," + member, track(1));
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void shouldRejectABodyThatBreaksOneRule(String reason, String body, String[] paths) throws IOException {
        for (Collector collector : new Collector[] {storing, counting}) {
            for (String path : paths) {
                collector.reset();
                RawClient.Reply reply = post(collector, path, body);
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.body()).startsWith("{\"success\":false,\"error\":\"" + reason);
                assertThat(collector.invalidReasons())
                        .singleElement()
                        .asString()
                        .startsWith(reason);
                assertThat(collector.stats().events()).isZero();
            }
        }
    }

    static Stream<String> goodBodies() {
        return Stream.of(
                batch(track(1)),
                batch(track(1), track(2)),
                " \n" + batch(track(1)).replace(",", " ,\r\n\t") + "\n",
                batch(message(1, "\"type\":\"identify\",\"userId\":\"u\"")),
                one("\"type\":\"identify\",\"userId\":\"u\",\"traits\":{\"email\":null,\"friends\":42}"),
                one("\"anonymousId\":\"a\",\"event\":\"e\",\"type\":\"track\""),
                one("\"type\":\"track\",\"userId\":\"\",\"anonymousId\":\"a\",\"event\":\"e\""),
                one("\"type\":\"page\",\"anonymousId\":\"a\",\"name\":\"Pricing\",\"category\":\"Docs\""),
                one("\"type\":\"page\",\"userId\":\"u\""),
                one("\"type\":\"screen\",\"userId\":\"u\",\"name\":\"\",\"category\":\"\",\"properties\":{}"),
                one("\"type\":\"group\",\"userId\":\"u\",\"groupId\":\"g\",\"traits\":{}"),
                one("\"type\":\"group\",\"anonymousId\":\"a\",\"groupId\":\"g\""),
                one("\"type\":\"alias\",\"previousId\":\"p\",\"userId\":\"u\""),
                one("\"type\":\"alias\",\"previousId\":\"p\",\"userId\":\"u\"," + anonymous()),
                one(
                        TRACK
                                + ",\"context\":{\"ip\":\"203.0.113.9\",\"direct\":null,\"shard\":null,\"os\":null,\"library\":{}}"),
                one(TRACK + ",\"context\":{\"App\":1,\"ipv6\":[],\"app\":{\"ip\":1,\"app\":\"\"},\"traits\":{}}"),
                one(TRACK + ",\"integrations\":{\"All\":false,\"Mixpanel\":true,\"Other\":{\"a\":[1,null]}}"),
                one(TRACK + ",\"integrations\":{},\"context\":{}"),
                one(TRACK + ",\"channel\":\"server\",\"more\":[1,{}]"),
                one(TRACK + ",\"properties\":{\"text\":\"\\ud83d\\ude00 \u6f22\",\"nothing\":null}"),
                withId("m"),
                withId("m".repeat(99)),
                withId("\u6f22".repeat(99)),
                withId(" m "),
                withEnvelope(id("b".repeat(99))),
                withEnvelope("\"context\":{\"library\":{\"name\":\"l\",\"version\":\"1\"},\"instanceId\":\"i\"}"),
                withEnvelope("\"sequence\":7,\"writeKey\":\"" + SegmentRequests.KEY + "\""),
                withEnvelope("\"integrations\":{\"All\":true,\"Amplitude\":{\"session\":1}},\"unknown\":{}"),
                "{\"batch\":[" + track(1) + "]," + SENT_AT + "}");
    }

    @ParameterizedTest
    @MethodSource("goodBodies")
    void shouldAcceptABodyThatKeepsTheRules(String body) throws IOException {
        for (Collector collector : new Collector[] {storing, counting}) {
            for (String path : new String[] {BATCH, IMPORT}) {
                RawClient.Reply reply = post(collector, path, body);
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo("{\"success\":true}");
            }
            assertThat(collector.stats().invalid()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "campaign",
                "device",
                "library",
                "location",
                "network",
                "os",
                "page",
                "referrer",
                "screen",
                "traits"
            })
    void shouldWantAnObjectForThisMemberOfAContext(String member) throws IOException {
        checkMember(member, "{\"name\":null}", "is not an object", "\"text\"", "[]", "true", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip", "locale", "groupId", "timezone", "userAgent"})
    void shouldWantATextForThisMemberOfAContext(String member) throws IOException {
        checkMember(member, "\"\"", "is not a string", "{}", "[]", "true", "1");
    }

    @Test
    void shouldWantToKnowWhetherAContextIsDirect() throws IOException {
        checkMember("direct", "false", "is not a boolean", "{}", "[]", "\"true\"", "1");
    }

    private static void checkMember(String member, String good, String fault, String... others) throws IOException {
        for (String path : new String[] {BATCH, IMPORT}) {
            storing.reset();
            assertThat(post(storing, path, one(context(member, good))).status()).isEqualTo(200);
            for (String other : others) {
                post(storing, path, one(context(member, other)));
            }
            assertThat(storing.invalidReasons())
                    .hasSize(others.length)
                    .containsOnly("batch[0]: " + member + " in context " + fault);
        }
    }

    private static String context(String member, String value) {
        return TRACK + ",\"context\":{\"" + member + "\":" + value + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "identify, traits",
        "track, properties",
        "page, properties",
        "screen, properties",
        "group, traits",
        "alias, none"
    })
    void shouldTakeOnlyTheMemberThatATypeHas(String type, String own) throws IOException {
        String message = "\"userId\":\"u\",\"event\":\"e\",\"groupId\":\"g\",\"previousId\":\"p\",\"%s\":{},\"type\":\""
                + type + "\"";
        for (String member : new String[] {"traits", "properties"}) {
            storing.reset();
            assertThat(post(storing, IMPORT, one(message.formatted(member))).status())
                    .isEqualTo(200);
            boolean taken = member.equals(own);
            assertThat(post(storing, BATCH, one(message.formatted(member))).status())
                    .isEqualTo(taken ? 200 : 400);
            if (!taken) {
                assertThat(storing.invalidReasons())
                        .containsExactly("batch[0]: " + member + " is no member of a message of type " + type);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"alias\",\"previousId\":\"p\",\"anonymousId\":\"a\"",
                "\"type\":\"track\",\"userId\":\"u\",\"event\":\"e\",\"sentAt\":\"2026-03-01T10:00:05.120Z\""
            })
    void shouldTakeMoreOnTheImportPath(String members) throws IOException {
        assertThat(post(storing, IMPORT, one(members)).status()).isEqualTo(200);
        assertThat(post(storing, BATCH, one(members)).status()).isEqualTo(400);
        assertThat(storing.eventsBy(Route.SEGMENT))
                .extracting(ReceivedEvent::uuid)
                .containsExactly(uuid(1));
    }
}
