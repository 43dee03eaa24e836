package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.engine.capture.CaptureRig;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events for a protocol that has options: what leaves the properties, where it goes, and which types it may have there. */
@SuppressWarnings("try") // scopes are only closed
class OptionsShapeTest {

    private static final List<String> SWITCHES =
            List.of("$process_person_profile", "$cookieless_mode", "$ignore_sent_at");
    private static final Map<String, String> OPTION_OF = Map.of(
            "$process_person_profile",
            "process_person_profile",
            "$cookieless_mode",
            "cookieless_mode",
            "$ignore_sent_at",
            "disable_skew_correction",
            "$product_tour_id",
            "product_tour_id");

    private final CaptureRig rig = CaptureRig.shaped(EventShape.OPTIONS, Map.of("$is_server", true));

    /** Where a property may come from. */
    private enum Origin {
        CALLER,
        REGISTERED_KEY,
        CONTEXT,
        SUPER;

        JsonNode give(CaptureRig rig, String name, Object value) {
            Map<String, Object> one = new java.util.HashMap<>();
            one.put(name, value);
            return switch (this) {
                case CALLER -> rig.tree(e -> e.put(name, value));
                case REGISTERED_KEY -> rig.tree(e -> e.put(rig.registry().register(name), value));
                case CONTEXT -> {
                    try (ContextScope scope = rig.contexts()
                            .enter(RequestContext.builder().properties(one).build())) {
                        yield rig.tree(e -> {});
                    }
                }
                case SUPER -> {
                    rig.superProperties().register(one);
                    JsonNode event = rig.tree(e -> {});
                    rig.superProperties().unregister(name);
                    yield event;
                }
            };
        }
    }

    static Stream<Arguments> truths() {
        List<SimpleEntry<Object, Boolean>> values = new ArrayList<>();
        for (Object yes : List.of(
                true,
                "true",
                "TRUE",
                "True",
                "1",
                1,
                -1,
                2L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1e0,
                0.1,
                -0.5f,
                1e-9,
                4.9e-324,
                1e300,
                new BigDecimal("0.0000000001"),
                new BigInteger("1" + "0".repeat(40)))) {
            values.add(new SimpleEntry<>(yes, true));
        }
        for (Object no : List.of(
                false,
                "false",
                "FALSE",
                "False",
                "0",
                0,
                0L,
                0.0,
                -0.0,
                0.0f,
                -0.0f,
                new BigDecimal("0.000"),
                new BigDecimal("0E-10"),
                new BigDecimal("0E+5"),
                BigInteger.ZERO)) {
            values.add(new SimpleEntry<>(no, false));
        }
        for (Object wrong : List.of(
                "",
                "yes",
                "no",
                "on",
                "truee",
                "10",
                "01",
                "-1",
                "1.0",
                "0.0",
                "null",
                "t",
                "\"true\"",
                "ｔｒｕｅ",
                List.of(),
                List.of(true),
                Map.of(),
                Map.of("true", true),
                Instant.EPOCH,
                new UUID(1, 1))) {
            values.add(new SimpleEntry<>(wrong, null));
        }
        values.add(new SimpleEntry<>(null, null));
        values.add(new SimpleEntry<>(Double.NaN, null));
        return values.stream()
                .flatMap(entry ->
                        SWITCHES.stream().map(property -> Arguments.of(property, entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest
    @MethodSource("truths")
    void shouldReadASwitchOrLeaveItOut(String property, Object value, Boolean expected) {
        for (Origin origin : Origin.values()) {
            JsonNode event = origin.give(rig, property, value);

            assertThat(event.get("properties").has(property)).as("%s", origin).isFalse();
            if (expected == null) {
                assertThat(event.get("options")).as("%s", origin).isEmpty();
            } else {
                assertThat(event.get("options")).as("%s", origin).hasSize(1);
                JsonNode option = event.get("options").get(OPTION_OF.get(property));
                assertThat(option.isBoolean()).as("%s", origin).isTrue();
                assertThat(option.booleanValue()).as("%s", origin).isEqualTo(expected);
            }
        }
    }

    static Stream<Arguments> texts() {
        List<Object> strings = List.of("t-1", "", "true", "1", "漢字 \"q\"", 'c', new UUID(1, 2), Instant.EPOCH);
        List<Object> others = new ArrayList<>(List.of(true, 1, 1.5, List.of("t-1"), Map.of("id", "t-1")));
        others.add(null);
        List<Arguments> rows = new ArrayList<>();
        for (String property : List.of("$product_tour_id", "$session_id", "$window_id")) {
            strings.forEach(value -> rows.add(Arguments.of(property, value, value.toString())));
            others.forEach(value -> rows.add(Arguments.of(property, value, null)));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldTakeATextOrLeaveItOut(String property, Object value, String expected) {
        for (Origin origin : Origin.values()) {
            JsonNode event = origin.give(rig, property, value);
            boolean isOption = OPTION_OF.containsKey(property);
            JsonNode place = isOption ? event.get("options") : event;
            String name = isOption ? OPTION_OF.get(property) : property.substring(1);

            assertThat(event.get("properties").has(property)).as("%s", origin).isFalse();
            assertThat(place.has(name)).as("%s", origin).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(place.get(name).textValue()).as("%s", origin).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverHaveTheDistinctIdOrItsOwnNameAmongTheProperties(Origin origin) {
        for (String property : List.of("distinct_id", "$lib", "$lib_version")) {
            JsonNode event = origin.give(rig, property, "mine");

            assertThat(event.get("properties")).isEqualTo(CaptureRig.parse("{\"$is_server\":true}"));
            assertThat(event.get("distinct_id").textValue()).isEqualTo("rig-1");
            assertThat(event.get("options")).isEmpty();
        }
    }

    @Test
    void shouldAlwaysHaveOptions() {
        assertThat(rig.tree(e -> {}).get("options")).isEqualTo(CaptureRig.parse("{}"));
        assertThat(rig.tree(e -> e.put("twice", 1).put("twice", 2)).get("options"))
                .isEqualTo(CaptureRig.parse("{}"));
        assertThat(rig.tree(e -> e.distinctId(" ")).get("options"))
                .isEqualTo(CaptureRig.parse("{\"process_person_profile\":false}"));
    }

    @Test
    void shouldHaveNothingAtTheRootThatTheProtocolDoesNotKnow() {
        JsonNode event = rig.tree(e -> e.put("$session_id", "s")
                .put("$window_id", "w")
                .put("$process_person_profile", true)
                .put("$product_tour_id", "t")
                .put("other", 1));

        assertThat(event.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "event",
                        "distinct_id",
                        "uuid",
                        "timestamp",
                        "session_id",
                        "window_id",
                        "options",
                        "properties");
        assertThat(event.get("properties")).isEqualTo(CaptureRig.parse("{\"$is_server\":true,\"other\":1}"));
    }

    @Test
    void shouldPreferTheCallersSessionToTheContextsAndThatToASuperProperty() {
        rig.superProperties().register(Map.of("$session_id", "super", "$window_id", "super"));
        assertThat(rig.tree(e -> {}).get("session_id").textValue()).isEqualTo("super");
        try (ContextScope scope = rig.contexts()
                .enter(RequestContext.builder().sessionId("context").build())) {
            JsonNode ambient = rig.tree(e -> {});
            JsonNode own = rig.tree(e -> e.put("$session_id", "caller"));

            assertThat(ambient.get("session_id").textValue()).isEqualTo("context");
            assertThat(ambient.get("window_id").textValue()).isEqualTo("super");
            assertThat(own.get("session_id").textValue()).isEqualTo("caller");
        }
    }

    @Test
    void shouldLetAStrongerValueOfTheWrongTypeHideAWeakerOne() {
        try (ContextScope scope = rig.contexts()
                .enter(RequestContext.builder().sessionId("context").build())) {
            assertThat(rig.tree(e -> e.put("$session_id", 7)).has("session_id")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"session_id", "window_id", "options", "process_person_profile", "$Session_id", "$session_id "})
    void shouldLeavePropertiesAloneThatOnlyLookLikeThose(String property) {
        JsonNode event = rig.tree(e -> e.put(property, "mine"));

        assertThat(event.get("properties").get(property).textValue()).isEqualTo("mine");
        assertThat(event.get("options")).isEmpty();
        assertThat(event.has("session_id")).isFalse();
    }

    @Test
    void shouldLeaveLiftedNamesAloneThatAreNested() {
        JsonNode nested = CaptureRig.parse("{\"$session_id\":\"s\",\"$process_person_profile\":true}");
        JsonNode event = rig.tree(e -> e.put("nested", Map.of("$session_id", "s", "$process_person_profile", true)));

        assertThat(event.get("properties").get("nested")).isEqualTo(nested);
        assertThat(event.get("options")).isEmpty();
        assertThat(event.has("session_id")).isFalse();
    }

    @Test
    void shouldKeepAllOfThemAmongThePropertiesInTheOtherShape() {
        CaptureRig properties = CaptureRig.bare();
        JsonNode event = properties.tree(e -> e.put("$session_id", 7)
                .put("$window_id", "w")
                .put("$process_person_profile", "yes")
                .put("$cookieless_mode", 1)
                .put("$ignore_sent_at", (String) null)
                .put("$product_tour_id", true));

        assertThat(event.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("event", "distinct_id", "uuid", "timestamp", "properties");
        assertThat(event.get("properties"))
                .isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"$session_id\":7,\"$window_id\":\"w\","
                        + "\"$process_person_profile\":\"yes\",\"$cookieless_mode\":1,\"$ignore_sent_at\":null,"
                        + "\"$product_tour_id\":true}"));
    }
}
