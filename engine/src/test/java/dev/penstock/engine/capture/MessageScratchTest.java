package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.Integrations;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.TrackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message being filled: its ids, its time, its values, and its end. */
class MessageScratchTest {

    private static final String UUID_TEXT = "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e40";

    private final MessageRig rig = MessageRig.create();

    private MessageBuilder track() {
        return rig.track("e").userId("u");
    }

    private String messageId(UnaryOperator<MessageBuilder> filling) {
        return rig.tree(filling.apply(track())).get("messageId").textValue();
    }

    private String timestamp(UnaryOperator<MessageBuilder> filling) {
        return rig.tree(filling.apply(track())).get("timestamp").textValue();
    }

    static Stream<String> ids() {
        return Stream.of(
                UUID_TEXT,
                UUID_TEXT.toUpperCase(Locale.ROOT),
                "0195514D-6f10-7c3a-9d2e-5b1f0a7c4e40",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "1-2-3-4-5",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e4",
                "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e400",
                "0195514d06f1007c3a09d2e05b1f0a7c4e400",
                "zzzzzzzz-6f10-7c3a-9d2e-5b1f0a7c4e40",
                "order-7",
                "x",
                " padded ",
                "quote \" back \\ slash",
                "漢字-é-😀",
                "x".repeat(99),
                "漢".repeat(99));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void shouldKeepAnIdOfTheCallersLetterForLetter(String id) {
        assertThat(messageId(e -> e.messageId(id))).isEqualTo(id);
        Message typed = TrackMessage.builder("e").userId("u").messageId(id).build();
        assertThat(CaptureRig.parse(rig.jsonOf(typed)).get("messageId").textValue())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "漢"})
    void shouldDropAMessageWithAnIdOfAHundredCharacters(String character) {
        String id = character.repeat(100);
        Message typed = TrackMessage.builder("e").userId("u").messageId(id).build();

        assertThat(track().messageId(id).send()).isEqualTo(CaptureResult.INVALID);
        assertThat(rig.enqueue(typed)).isEqualTo(CaptureResult.INVALID);
        assertThat(rig.drain()).isEmpty();
        assertThat(rig.warnings())
                .singleElement()
                .asString()
                .contains("id of 100 characters")
                .doesNotContain(id);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n"})
    void shouldMakeAnIdForABlankOne(String blank) {
        UUID made = UUID.fromString(messageId(e -> e.messageId("earlier").messageId(blank)));

        assertThat(made.version()).isEqualTo(7);
        assertThat(made.getMostSignificantBits() >>> 16).isEqualTo(CaptureRig.NOW.toEpochMilli());
    }

    @Test
    void shouldTakeTheIdThatWasGivenLast() {
        UUID uuid = UUID.fromString(UUID_TEXT);

        assertThat(messageId(e -> e.messageId("first").messageId("second"))).isEqualTo("second");
        assertThat(messageId(e -> e.messageId("text").messageId(UUID_TEXT))).isEqualTo(UUID_TEXT);
        assertThat(messageId(e -> e.messageId(UUID_TEXT).messageId("text"))).isEqualTo("text");
        assertThat(messageId(e ->
                        e.messageId("text").messageId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits())))
                .isEqualTo(UUID_TEXT);
        assertThat(messageId(e -> e.messageId(1, 2))).isEqualTo(new UUID(1, 2).toString());
    }

    @Test
    void shouldNameWhomItIsAbout() {
        JsonNode both = rig.tree(rig.track("e").userId("u").anonymousId("a"));
        JsonNode anonymous = rig.tree(rig.track("e").anonymousId("a"));

        assertThat(both.get("userId").textValue()).isEqualTo("u");
        assertThat(both.get("anonymousId").textValue()).isEqualTo("a");
        assertThat(anonymous.get("anonymousId").textValue()).isEqualTo("a");
        assertThat(anonymous.has("userId")).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n"})
    void shouldTakeABlankIdForNone(String blank) {
        assertThat(rig.tree(rig.track("e").userId(blank).anonymousId("a")).has("userId"))
                .isFalse();
        assertThat(rig.tree(rig.track("e").userId("u").anonymousId(blank)).has("anonymousId"))
                .isFalse();
        assertThat(rig.tree(rig.track("e")
                                .userId("u")
                                .userId(blank)
                                .anonymousId("b")
                                .anonymousId("a"))
                        .get("anonymousId")
                        .textValue())
                .isEqualTo("a");
    }

    @Test
    void shouldKeepEveryDigitOfItsTime() {
        Instant then = Instant.parse("2020-01-02T03:04:05.000000006Z");

        assertThat(timestamp(e -> e.timestamp(then))).isEqualTo(then.toString());
        assertThat(timestamp(e -> e.timestamp(-1))).isEqualTo("1969-12-31T23:59:59.999Z");
        assertThat(timestamp(e -> e.timestamp(Instant.parse("0000-01-01T00:00:00Z"))))
                .isEqualTo("0000-01-01T00:00:00Z");
        assertThat(timestamp(e -> e.timestamp(Instant.parse("9999-12-31T23:59:59.999999999Z"))))
                .isEqualTo("9999-12-31T23:59:59.999999999Z");
        assertThat(timestamp(e -> e.timestamp(then).timestamp(null))).isEqualTo(CaptureRig.NOW.toString());
        assertThat(rig.valuesReplaced()).isZero();
    }

    @Test
    void shouldReplaceAndCountTimesOutOfRange() {
        String now = CaptureRig.NOW.toString();
        List<Instant> tooFar = List.of(
                Instant.MIN,
                Instant.MAX,
                Instant.parse("0000-01-01T00:00:00Z").minusNanos(1),
                Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1));
        for (Instant time : tooFar) {
            assertThat(timestamp(e -> e.timestamp(time))).isEqualTo(now);
            Message typed =
                    TrackMessage.builder("e").userId("u").timestamp(time).build();
            assertThat(CaptureRig.parse(rig.jsonOf(typed)).get("timestamp").textValue())
                    .isEqualTo(now);
        }
        assertThat(timestamp(e -> e.timestamp(Long.MAX_VALUE))).isEqualTo(now);
        assertThat(timestamp(e -> e.timestamp(Long.MIN_VALUE))).isEqualTo(now);
        assertThat(rig.valuesReplaced()).isEqualTo(10);
    }

    @Test
    void shouldTakeNoTimeFromAProperty() {
        String then = "2025-03-09T21:00:00Z";
        PropertyKey key = rig.propertyKey("$timestamp");
        List<MessageBuilder> messages = List.of(
                track().put("$timestamp", then),
                track().put("$timestamp", Instant.parse(then)),
                track().put(key, Instant.parse(then).toEpochMilli()),
                track().putAll(Map.of("$timestamp", then)));
        for (MessageBuilder message : messages) {
            JsonNode tree = rig.tree(message);
            assertThat(tree.get("timestamp").textValue()).isEqualTo(CaptureRig.NOW.toString());
            assertThat(tree.get("properties").has("$timestamp")).isTrue();
        }
    }

    @Test
    void shouldTakeNothingFromItsSurroundings() {
        rig.captures().superProperties().register(Map.of("plan", "pro"));

        assertThat(rig.tree(track()).has("properties")).isFalse();
    }

    @Test
    void shouldTakeTypedValuesByTextAndByKey() {
        PropertyKey price = rig.propertyKey("price");
        PropertyKey name = rig.propertyKey("naïve 漢");
        JsonNode properties = rig.tree(track().put("text", "t")
                        .put("none", (String) null)
                        .put("char", 'c')
                        .put("long", Long.MIN_VALUE)
                        .put("double", 2.35)
                        .put("float", 0.1f)
                        .put("yes", true)
                        .put("object", (Object) List.of(1, "b"))
                        .put(price, 4.5)
                        .put(name, "v"))
                .get("properties");

        assertThat(properties).isEqualTo(CaptureRig.parse("""
                        {"text":"t","none":null,"char":"c","long":-9223372036854775808,"double":2.35,"float":0.1,
                         "yes":true,"object":[1,"b"],"price":4.5,"naïve 漢":"v"}
                        """));
    }

    @Test
    void shouldWriteNullForWhatCannotBeWrittenAndCountIt() {
        Map<String, Object> cycle = new HashMap<>();
        cycle.put("self", cycle);
        JsonNode message = rig.tree(track().put("nan", Double.NaN)
                .put("infinite", Float.POSITIVE_INFINITY)
                .put("cycle", cycle)
                .put(rig.propertyKey("key"), Double.NEGATIVE_INFINITY)
                .context("nan", Double.NaN)
                .context("cycle", cycle));

        assertThat(message.get("properties"))
                .isEqualTo(CaptureRig.parse("{\"nan\":null,\"infinite\":null,\"cycle\":{\"self\":null},\"key\":null}"));
        assertThat(message.get("context")).isEqualTo(CaptureRig.parse("{\"nan\":null,\"cycle\":{\"self\":null}}"));
        assertThat(rig.valuesReplaced()).isEqualTo(6);
    }

    @Test
    void shouldDropNullNamesAndBlankDestinationsAndCountThem() {
        Map<String, Object> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        JsonNode message = rig.tree(track().put((String) null, 1)
                .put((String) null, "text")
                .put((PropertyKey) null, true)
                .putAll(nullKey)
                .context(null, "value")
                .integration(null, true)
                .integration(" ", false)
                .integration("A", null)
                .integration("", Map.of("a", 1)));

        assertThat(message.has("properties")).isFalse();
        assertThat(message.has("context")).isFalse();
        assertThat(message.has("integrations")).isFalse();
        assertThat(rig.valuesReplaced()).isEqualTo(9);
    }

    @Test
    void shouldDropBlankDestinationsOfAValueAndCountThem() {
        Integrations integrations = Integrations.builder()
                .enable(" ")
                .disable(null)
                .options("", Map.of("a", 1))
                .enable("Mixpanel")
                .build();
        JsonNode message = rig.tree(track().integrations(integrations));

        assertThat(message.get("integrations")).isEqualTo(CaptureRig.parse("{\"Mixpanel\":true}"));
        assertThat(rig.valuesReplaced()).isEqualTo(3);
    }

    @Test
    void shouldSayNothingForNullValues() {
        JsonNode message = rig.tree(
                track().putAll(null).context((Context) null).integrations(null).timestamp(null));

        assertThat(message.size()).isEqualTo(5);
        assertThat(rig.valuesReplaced()).isZero();
    }

    @Test
    void shouldHaveReadItsValuesWhenACallReturns() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> options = new HashMap<>(Map.of("a", 1));
        MessageBuilder message =
                track().put("list", (Object) list).context("list", list).integration("A", options);
        list.add(2);
        options.clear();

        JsonNode tree = rig.tree(message);
        assertThat(tree.get("properties").get("list")).hasSize(1);
        assertThat(tree.get("context").get("list")).hasSize(1);
        assertThat(tree.get("integrations").get("A")).hasSize(1);
    }

    @Test
    void shouldKeepTwoOpenMessagesOnOneThreadApart() {
        MessageBuilder first = rig.track("first");
        MessageBuilder second = rig.page("second");
        first.userId("u1").put("n", 1).context("n", 1);
        second.anonymousId("anon-2").category("shop-2").messageId("id-2").put("n", 2);
        String secondJson = rig.json(second);
        String firstJson = rig.json(first);

        assertThat(secondJson)
                .contains("\"type\":\"page\"", "\"anon-2\"", "\"shop-2\"", "\"id-2\"", "{\"n\":2}")
                .doesNotContain("context", "userId");
        assertThat(firstJson)
                .contains("\"type\":\"track\"", "\"u1\"", "\"properties\":{\"n\":1}", "\"context\":{\"n\":1}")
                .doesNotContain("anon-2", "shop-2", "id-2");
    }

    @Test
    void shouldForgetEverythingOfTheMessageBefore() {
        rig.json(rig.screen("s")
                .userId("u")
                .anonymousId("a")
                .messageId("id")
                .timestamp(1)
                .category("c")
                .put("漢", "字")
                .context("a", 1)
                .integration("A", true));

        String next = rig.json(rig.identify("v"));
        assertThat(next.replaceFirst("\"messageId\":\"[-0-9a-f]{36}\"", "ID"))
                .isEqualTo("{\"type\":\"identify\",ID,\"userId\":\"v\",\"timestamp\":\"2026-03-01T10:00:04.871Z\"}");
    }

    static Stream<Consumer<MessageBuilder>> lateCalls() {
        return Stream.of(
                e -> e.userId("late"),
                e -> e.anonymousId("late"),
                e -> e.messageId("late"),
                e -> e.messageId("late".repeat(30)),
                e -> e.messageId(7, 7),
                e -> e.timestamp(Instant.EPOCH),
                e -> e.timestamp(7),
                e -> e.category("late"),
                e -> e.previousId("late"),
                e -> e.context("late", 1),
                e -> e.context(Context.builder().ip("late").build()),
                e -> e.integration("late", true),
                e -> e.integration("late", Map.of("a", 1)),
                e -> e.integrations(Integrations.builder().enable("late").build()),
                e -> e.put("late", "late"),
                e -> e.putAll(Map.of("late", 1)),
                MessageBuilder::cancel);
    }

    @ParameterizedTest
    @MethodSource("lateCalls")
    void shouldLeaveTheNextMessageAloneWhenABuilderIsUsedAfterItsEnd(Consumer<MessageBuilder> lateCall) {
        for (boolean sent : new boolean[] {true, false}) {
            for (String kind : List.of("track", "page", "alias")) {
                MessageBuilder ended = begin(kind);
                if (sent) {
                    ended.send();
                } else {
                    ended.cancel();
                }
                rig.drain();
                lateCall.accept(ended);
                assertThat(ended.send()).isEqualTo(CaptureResult.INVALID);

                MessageBuilder next = rig.track("e");
                assertThat(next).isSameAs(ended);
                assertThat(rig.json(next.userId("u")))
                        .doesNotContain("late", "00000000-0000-0007", "1970-01-01T")
                        .contains("\"track\"");
            }
        }
        assertThat(rig.warnings()).isEmpty();
        assertThat(rig.valuesReplaced()).isZero();
    }

    private MessageBuilder begin(String kind) {
        return switch (kind) {
            case "track" -> track();
            case "page" -> rig.page("p").userId("u");
            default -> rig.alias().previousId("p").userId("u");
        };
    }

    @Test
    void shouldCountNothingForAMessageThatIsCancelled() {
        MessageBuilder message = track();
        message.cancel();
        message.cancel();

        assertThat(message.sendAndAwait(Duration.ZERO).result()).isEqualTo(CaptureResult.INVALID);
        assertThat(rig.drain()).isEmpty();
        for (CaptureResult result : CaptureResult.values()) {
            assertThat(rig.captures().counters().count(result)).isZero();
        }
    }

    @Test
    void shouldShowTheNameOfATrackThatIsTooLarge() {
        assertThat(rig.track("two\nlines")
                        .userId("u")
                        .put("k", "secret".repeat(6_000))
                        .send())
                .isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(rig.warnings())
                .singleElement()
                .asString()
                .contains("event", "lines", "32000 bytes", "TOO_LARGE")
                .doesNotContain("\n", "secret");
    }

    /** The others say who or where somebody is. */
    @Test
    void shouldShowNoOtherNameOfAMessageThatIsTooLarge() {
        assertThat(rig.group("secret group")
                        .userId("u")
                        .put("k", "secret".repeat(6_000))
                        .send())
                .isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(rig.warnings())
                .singleElement()
                .asString()
                .contains("a message is over", "TOO_LARGE")
                .doesNotContain("secret");
    }
}
