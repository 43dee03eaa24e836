package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import java.nio.CharBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class EventScratchTest {

    private static final String THEN = "2025-03-09T21:00:00.5Z";
    private static final Instant SET = Instant.parse("2020-01-02T03:04:05.000000006Z");
    private static final long TOO_LATE = 253_402_300_800L;

    private final CaptureRig rig = CaptureRig.bare();

    private String timestamp(Consumer<EventScratch> filling) {
        return rig.tree(filling).get("timestamp").textValue();
    }

    static Stream<Object> timestamps() {
        Instant then = Instant.parse(THEN);
        return Stream.of(
                then,
                Date.from(then),
                OffsetDateTime.parse("2025-03-09T14:00:00.5-07:00"),
                ZonedDateTime.parse("2025-03-09T22:00:00.5+01:00[Europe/Paris]"),
                then.toEpochMilli(),
                "2025-03-09T21:00:00.500Z",
                "2025-03-09T14:00:00.5-07:00",
                CharBuffer.wrap("2025-03-09T21:00:00.5+00:00"));
    }

    @ParameterizedTest
    @MethodSource("timestamps")
    void shouldTakeThePropertyAsItsTimeAndKeepIt(Object value) {
        PropertyKey key = rig.keys().register("$timestamp");
        JsonNode event = rig.tree(e -> e.put("$timestamp", value));

        assertThat(event.get("timestamp").textValue()).isEqualTo(THEN);
        assertThat(event.get("properties").has("$timestamp")).isTrue();
        assertThat(timestamp(e -> e.put(key, value))).isEqualTo(THEN);
        assertThat(timestamp(e -> e.putAll(Map.of("$timestamp", value)))).isEqualTo(THEN);
        assertThat(timestamp(e -> e.put("$timestamp", value).timestamp(SET))).isEqualTo(SET.toString());
        assertThat(timestamp(e -> e.timestamp(SET).put("$timestamp", value))).isEqualTo(SET.toString());
        assertThat(timestamp(e -> e.timestamp(SET).putAll(Map.of("$timestamp", value))))
                .isEqualTo(SET.toString());
    }

    @Test
    void shouldTakeTheTypedPropertyAsItsTime() {
        PropertyKey key = rig.keys().register("$timestamp");
        long millis = Instant.parse(THEN).toEpochMilli();

        assertThat(timestamp(e -> e.put("$timestamp", millis))).isEqualTo(THEN);
        assertThat(timestamp(e -> e.put(key, millis))).isEqualTo(THEN);
        assertThat(timestamp(e -> e.put("$timestamp", THEN))).isEqualTo(THEN);
        assertThat(timestamp(e -> e.put(key, THEN))).isEqualTo(THEN);
    }

    @Test
    void shouldReturnToThePropertyWhenItsTimeIsTakenBack() {
        assertThat(timestamp(e -> e.put("$timestamp", THEN).timestamp(SET).timestamp(null)))
                .isEqualTo(THEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2025-03-09T21:00:00", "2025-03-09", ""})
    void shouldLeaveTextAloneThatIsNotAnInstant(String text) {
        JsonNode event = rig.tree(e -> e.put("$timestamp", text));

        assertThat(event.get("timestamp").textValue()).isEqualTo(CaptureRig.NOW.toString());
        assertThat(event.get("properties").get("$timestamp").textValue()).isEqualTo(text);
    }

    @Test
    void shouldNotTakeItsTimeFromElsewhere() {
        String now = CaptureRig.NOW.toString();

        assertThat(timestamp(e -> e.put("$timestamp", LocalDateTime.of(2025, 1, 1, 1, 1))))
                .isEqualTo(now);
        assertThat(timestamp(e -> e.put("$timestamp", true))).isEqualTo(now);
        assertThat(timestamp(e -> e.put("timestamp", THEN))).isEqualTo(now);
        assertThat(timestamp(e -> e.put("nested", Map.of("$timestamp", THEN)))).isEqualTo(now);
        assertThat(timestamp(e -> e.put("$timestamp", Long.MAX_VALUE))).isEqualTo(now);
    }

    @Test
    void shouldKeepEveryDigitOfItsTime() {
        assertThat(timestamp(e -> e.timestamp(SET))).isEqualTo("2020-01-02T03:04:05.000000006Z");
        assertThat(timestamp(e -> e.timestamp(-1))).isEqualTo("1969-12-31T23:59:59.999Z");
        assertThat(timestamp(e -> e.timestamp(1_772_359_200_000L))).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(timestamp(e -> e.timestamp(Instant.parse("0000-01-01T00:00:00Z"))))
                .isEqualTo("0000-01-01T00:00:00Z");
        assertThat(timestamp(e -> e.timestamp(Instant.parse("9999-12-31T23:59:59.999999999Z"))))
                .isEqualTo("9999-12-31T23:59:59.999999999Z");
        assertThat(rig.counters().valuesReplaced()).isZero();
    }

    @Test
    void shouldReplaceAndCountTimesOutOfRange() {
        String now = CaptureRig.NOW.toString();

        assertThat(timestamp(e -> e.timestamp(Instant.MIN))).isEqualTo(now);
        assertThat(timestamp(e -> e.timestamp(Instant.MAX))).isEqualTo(now);
        assertThat(timestamp(e -> e.timestamp(Instant.ofEpochSecond(TOO_LATE)))).isEqualTo(now);
        assertThat(timestamp(e -> e.timestamp(Long.MAX_VALUE))).isEqualTo(now);
        assertThat(timestamp(e -> e.timestamp(Long.MIN_VALUE))).isEqualTo(now);
        assertThat(timestamp(e -> e.timestamp(SET).timestamp(Long.MIN_VALUE))).isEqualTo(now);
        assertThat(rig.counters().valuesReplaced()).isEqualTo(6);
    }

    @Test
    void shouldKeepTheUuidItWasGiven() {
        UUID uuid = UUID.fromString("00000000-0000-4000-8000-00000000002a");

        assertThat(rig.tree(e -> e.uuid(uuid)).get("uuid").textValue()).isEqualTo(uuid.toString());
        assertThat(rig.tree(e -> e.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()))
                        .get("uuid")
                        .textValue())
                .isEqualTo(uuid.toString());
    }

    @Test
    void shouldMakeAUuidWhenItWasGivenNone() {
        UUID given = UUID.randomUUID();
        UUID made = UUID.fromString(
                rig.tree(e -> e.uuid(given).uuid(null)).get("uuid").textValue());

        assertThat(made).isNotEqualTo(given);
        assertThat(made.version()).isEqualTo(7);
        assertThat(made.getMostSignificantBits() >>> 16).isEqualTo(CaptureRig.NOW.toEpochMilli());
        assertThat(rig.json(e -> {})).isNotEqualTo(rig.json(e -> {}));
    }

    @Test
    void shouldAskTheUsersIdSourceAndSurviveItsFailure() {
        UUID uuid = UUID.randomUUID();
        CaptureRig own = CaptureRig.identified(() -> uuid);
        CaptureRig none = CaptureRig.identified(() -> null);
        CaptureRig failing = CaptureRig.identified(() -> {
            throw new IllegalStateException("simulated");
        });

        assertThat(own.tree(e -> {}).get("uuid").textValue()).isEqualTo(uuid.toString());
        for (CaptureRig broken : new CaptureRig[] {none, failing}) {
            assertThat(UUID.fromString(broken.tree(e -> {}).get("uuid").textValue())
                            .version())
                    .isEqualTo(7);
            broken.errors().report(1);
            assertThat(broken.logger().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\r\n"})
    void shouldRefuseAnEventWithoutName(String name) {
        assertThat(rig.event().event(name).send()).isEqualTo(CaptureResult.INVALID);
        assertThat(rig.drain()).isEmpty();
        assertThat(rig.counters().count(CaptureResult.INVALID)).isEqualTo(1);
        assertThat(rig.counters().count(CaptureResult.ACCEPTED)).isZero();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = " ")
    void shouldGiveAPersonlessEventAnIdOfItsOwn(String id) {
        JsonNode event = rig.tree(e -> e.distinctId(id));

        assertThat(UUID.fromString(event.get("distinct_id").textValue()))
                .isNotEqualTo(UUID.fromString(event.get("uuid").textValue()));
        assertThat(rig.counters().personless()).isEqualTo(1);
        rig.json(e -> {});
        assertThat(rig.counters().personless()).isEqualTo(1);
    }

    @Test
    void shouldDropBlankGroupsAndCountThem() {
        JsonNode properties = rig.properties(e -> e.group(null, "k")
                .group("t", null)
                .group(" ", "k")
                .group("t", "")
                .group("ok", "yes"));

        assertThat(properties.get("$groups")).isEqualTo(CaptureRig.parse("{\"ok\":\"yes\"}"));
        assertThat(rig.counters().valuesReplaced()).isEqualTo(4);
    }

    @Test
    void shouldAnswerAnEventThatCannotBeWithinTheLimit() {
        CaptureRig small = CaptureRig.limited(2_000);

        assertThat(small.event().put("k", "x".repeat(2_000)).send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(small.counters().count(CaptureResult.TOO_LARGE)).isEqualTo(1);
        assertThat(small.drain()).isEmpty();
        assertThat(small.event().put("k", "x".repeat(1_900)).send()).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(small.drain()).hasSize(1);
    }

    @Test
    void shouldCarryALargeEvent() {
        String value = "0123456789".repeat(60_000);

        assertThat(rig.valueText(e -> e.put("k", value))).isEqualTo('"' + value + '"');
        assertThat(rig.ring().arenaBytes()).isZero();
    }

    @Test
    void shouldHaveNoEffectAfterItsEnd() {
        EventScratch sent = rig.event();
        assertThat(sent.send()).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(sent.put("a", 1).put("b", new HashMap<>()).send()).isEqualTo(CaptureResult.INVALID);
        EventScratch cancelled = rig.event();
        cancelled.cancel();
        cancelled.cancel();
        assertThat(cancelled.putAll(Map.of("a", 1)).group("t", "k").send()).isEqualTo(CaptureResult.INVALID);

        assertThat(rig.drain()).hasSize(1);
        assertThat(rig.counters().count(CaptureResult.ACCEPTED)).isEqualTo(1);
        assertThat(rig.counters().valuesReplaced()).isZero();
    }

    @Test
    void shouldKeepTwoOpenEventsOnOneThreadApart() {
        EventScratch first = rig.event();
        EventScratch second = rig.event();
        first.event("first").put("n", 1);
        second.event("second").put("n", 2);
        assertThat(second.send()).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(first.send()).isEqualTo(CaptureResult.ACCEPTED);

        assertThat(rig.drain())
                .satisfiesExactly(
                        json -> assertThat(json).contains("\"second\"").contains("\"n\":2"),
                        json -> assertThat(json).contains("\"first\"").contains("\"n\":1"));
    }

    @Test
    void shouldForgetEverythingOfTheEventBefore() {
        rig.json(e -> e.distinctId(null)
                .uuid(1, 2)
                .timestamp(SET)
                .group("t", "k")
                .put("$process_person_profile", true)
                .put("漢", "字"));

        JsonNode next = CaptureRig.parse(rig.json(e -> e.put("a", 1)));

        assertThat(next.get("distinct_id").textValue()).isEqualTo("rig-1");
        assertThat(next.get("timestamp").textValue()).isEqualTo(CaptureRig.NOW.toString());
        assertThat(next.get("uuid").textValue()).doesNotStartWith("00000000");
        assertThat(next.get("properties")).isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLOSED", "DISABLED"})
    void shouldAnswerWhyNothingIsAccepted(String answer) {
        CaptureResult refusal = CaptureResult.valueOf(answer);
        EventScratch open = rig.event();
        if (refusal == CaptureResult.CLOSED) {
            rig.gate().close();
        } else {
            rig.gate().setEnabled(false);
        }

        assertThat(open.send()).isEqualTo(refusal);
        assertThat(rig.event().event(null).send()).isEqualTo(refusal);
        assertThat(rig.counters().count(refusal)).isEqualTo(2);
        assertThat(rig.closedCaptures()).isEqualTo(refusal == CaptureResult.CLOSED ? 2 : 0);
        assertThat(rig.drain()).isEmpty();
    }

    @Test
    void shouldLeaveTheNextEventAloneWhenABuilderIsUsedAfterItsEnd() {
        CaptureRig whole = CaptureRig.create();
        EventScratch ended = whole.event();
        ended.send();
        ended.disableGeoIp(false).put("late", 1);

        assertThat(whole.event()).isSameAs(ended);
        ended.send();

        assertThat(whole.drain())
                .hasSize(2)
                .allSatisfy(json ->
                        assertThat(json).contains("\"$geoip_disable\":true").doesNotContain("late"));
    }

    @Test
    void shouldShowNoLineBreakOfAnEventsNameInItsLog() {
        EventScratch event = rig.event();
        event.event("two\nlines").put("text", "x".repeat(1_000_000));

        assertThat(event.send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(rig.warnings())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("lines").doesNotContain("\n"));
    }
}
