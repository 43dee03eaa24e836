package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.encode.EventShape;
import dev.penstock.engine.testing.FixedFlags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two forms of the event about a flag's use: what they take from super properties and from the request context. */
@SuppressWarnings("try") // scopes are only closed
class FlagCalledKindTest {

    private static final List<String> KEPT = List.of(
            "$session_id",
            "$window_id",
            "$device_id",
            "$process_person_profile",
            "$referring_domain",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term",
            "gad_source",
            "mc_cid",
            "gclid",
            "fbclid");
    private static final List<String> LEFT_OUT =
            List.of("plan", "$referrer", "utm_", "utm_other", "$current_url", "$os", "$feature/other", "GCLID", "");

    private final CaptureRig rig = CaptureRig.create();

    private static Map<String, Object> each(List<String> names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        names.forEach(name -> properties.put(name, "shared"));
        return properties;
    }

    private static JsonNode sent(CaptureRig rig, EventKind kind) {
        EventScratch event = rig.pool()
                .acquire()
                .begin(kind, "$feature_flag_called")
                .distinctId("player-77")
                .group("guild", "g-12")
                .put("$feature_flag", "new-lobby")
                .put("locally_evaluated", true);
        assertThat(event.sendAtOnce()).isEqualTo(CaptureResult.ACCEPTED);
        List<String> events = rig.drain();
        assertThat(events).hasSize(1);
        return CaptureRig.parse(events.get(0));
    }

    private JsonNode properties(EventKind kind) {
        return sent(rig, kind).get("properties");
    }

    private static Map<String, Object> all() {
        Map<String, Object> all = each(KEPT);
        all.putAll(each(LEFT_OUT));
        return all;
    }

    private static void assertMinimal(JsonNode properties) {
        KEPT.forEach(name -> assertThat(properties.path(name).asText()).as(name).isEqualTo("shared"));
        LEFT_OUT.stream()
                .filter(name -> !name.equals("$os"))
                .forEach(name -> assertThat(properties.has(name)).as(name).isFalse());
        assertThat(properties.get("$os").textValue()).isEqualTo("Linux");
        assertThat(properties.get("$groups")).isEqualTo(CaptureRig.parse("{\"guild\":\"g-12\"}"));
        assertThat(properties.get("$feature_flag").textValue()).isEqualTo("new-lobby");
    }

    @Test
    void shouldKeepOfSuperPropertiesOnlyWhatAMinimalEventMayHave() {
        rig.superProperties().register(all());

        assertMinimal(properties(EventKind.FLAG_CALLED_MINIMAL));
    }

    @Test
    void shouldKeepOfTheContextOnlyWhatAMinimalEventMayHave() {
        try (ContextScope scope =
                rig.contexts().enter(RequestContext.builder().properties(all()).build())) {
            assertMinimal(properties(EventKind.FLAG_CALLED_MINIMAL));
        }
    }

    @Test
    void shouldShowHooksTheMinimalEventToo() {
        CaptureRig hooked = CaptureRig.hooked(null, event -> event);
        hooked.superProperties().register(all());

        assertMinimal(sent(hooked, EventKind.FLAG_CALLED_MINIMAL).get("properties"));
    }

    @Test
    void shouldAddAllOfThemToAFullEvent() {
        rig.superProperties().register(Map.of("plan", "pro", "gclid", "g"));
        try (ContextScope scope = rig.contexts()
                .enter(RequestContext.builder()
                        .sessionId("s-1")
                        .property("route", "/cart")
                        .build())) {
            JsonNode properties = properties(EventKind.FLAG_CALLED);

            assertThat(properties.get("plan").textValue()).isEqualTo("pro");
            assertThat(properties.get("route").textValue()).isEqualTo("/cart");
            assertThat(properties.get("$session_id").textValue()).isEqualTo("s-1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAG_CALLED", "FLAG_CALLED_MINIMAL"})
    void shouldHaveThatFlagAndNoneOfTheContext(EventKind kind) {
        RequestContext context = RequestContext.builder()
                .flags(FixedFlags.of("beta", FlagValue.TRUE))
                .build();
        try (ContextScope scope = rig.contexts().enter(context)) {
            assertThat(properties(kind).has("$feature/beta")).isFalse();
            assertThat(rig.properties(e -> {}).has("$feature/beta")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLAG_CALLED", "FLAG_CALLED_MINIMAL"})
    void shouldKeepItsOwnIdWithinAContextOfAnother(EventKind kind) {
        try (ContextScope scope = rig.contexts()
                .enter(RequestContext.builder().distinctId("another").build())) {
            assertThat(sent(rig, kind).get("distinct_id").textValue()).isEqualTo("player-77");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellTheSessionOfAMinimalEventBesideItsProperties(boolean inContext) {
        CaptureRig options = CaptureRig.shaped(EventShape.OPTIONS, Map.of("$is_server", true));
        Map<String, Object> shared =
                Map.of("$session_id", "s-1", "$process_person_profile", "false", "plan", "pro", "gclid", "g");
        if (!inContext) {
            options.superProperties().register(shared);
        }
        try (ContextScope scope = options.contexts()
                .enter(RequestContext.builder()
                        .properties(inContext ? shared : Map.of())
                        .build())) {
            JsonNode event = sent(options, EventKind.FLAG_CALLED_MINIMAL);

            assertThat(event.get("session_id").textValue()).isEqualTo("s-1");
            assertThat(event.get("options")).isEqualTo(CaptureRig.parse("{\"process_person_profile\":false}"));
            assertThat(event.get("properties"))
                    .isEqualTo(CaptureRig.parse("{\"$is_server\":true,\"$feature_flag\":\"new-lobby\","
                            + "\"locally_evaluated\":true,\"gclid\":\"g\",\"$groups\":{\"guild\":\"g-12\"}}"));
        }
    }

    @Test
    void shouldLetASharedValueOfAMinimalEventYieldToItsOwn() {
        rig.superProperties().register(Map.of("gclid", "super", "$feature_flag", "super"));
        try (ContextScope scope = rig.contexts()
                .enter(RequestContext.builder().property("gclid", "context").build())) {
            JsonNode properties = properties(EventKind.FLAG_CALLED_MINIMAL);

            assertThat(properties.get("gclid").textValue()).isEqualTo("context");
            assertThat(properties.get("$feature_flag").textValue()).isEqualTo("new-lobby");
        }
    }
}
