package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.record.TestSeed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Names that meet. From the weakest to the strongest: system properties, super properties, request context, flags, the
 * caller's own, and last the client's identity, the groups given as such and the caller's word on GeoIP. In both shapes.
 */
@Timeout(60)
class MergeOrderTest {

    private static final String WIDE = "プラン";

    private final Map<EventShape, CaptureRig> rigs = new EnumMap<>(EventShape.class);

    /** Where a property may come from, the weakest first. */
    private enum Source {
        SYSTEM,
        SUPER,
        CONTEXT,
        FLAGS,
        CALLER;

        void give(ReferenceEvent event, String name) {
            switch (this) {
                case SYSTEM -> event.system.put(name, "of SYSTEM");
                case SUPER -> event.superProperties.put(name, "of SUPER");
                case CONTEXT -> event.context.put(name, "of CONTEXT");
                case FLAGS -> event.flags.put(name.substring("$feature/".length()), FlagValue.variant("of FLAGS"));
                case CALLER -> event.caller(name, "of CALLER");
            }
        }
    }

    private CaptureRig rig(EventShape shape) {
        return rigs.computeIfAbsent(shape, s -> CaptureRig.shaped(s, ReferenceEvent.systemOf(s)));
    }

    private ReferenceEvent event(EventShape shape) {
        return new ReferenceEvent(shape, ReferenceEvent.systemOf(shape));
    }

    private void check(ReferenceEvent event) {
        JsonNode written = event.written(rig(event.shape));

        assertThat(ReferenceEvent.compared(written)).isEqualTo(event.expected());
    }

    private static JsonNode properties(JsonNode event) {
        return event.get("properties");
    }

    static Stream<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (EventShape shape : EventShape.values()) {
            for (Source weaker : Source.values()) {
                for (Source stronger : Source.values()) {
                    boolean meet =
                            weaker.compareTo(stronger) < 0 && !(weaker == Source.SYSTEM && stronger == Source.FLAGS);
                    if (meet) {
                        names(weaker, stronger).forEach(name -> pairs.add(Arguments.of(shape, weaker, stronger, name)));
                    }
                }
            }
        }
        return pairs.stream();
    }

    private static List<String> names(Source weaker, Source stronger) {
        if (weaker == Source.SYSTEM) {
            return List.of("$os", "$java_version");
        }
        return weaker == Source.FLAGS || stronger == Source.FLAGS
                ? List.of("$feature/beta", "$feature/ベータ")
                : List.of("plan", "café", WIDE, "k", "", "$feature");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldLetTheStrongerSourceWin(EventShape shape, Source weaker, Source stronger, String name) {
        ReferenceEvent event = event(shape);
        weaker.give(event, name);
        stronger.give(event, name);
        event.system.keySet().retainAll(ReferenceEvent.systemOf(shape).keySet());
        CaptureRig rig = CaptureRig.shaped(shape, event.system);
        JsonNode written = event.written(rig);

        assertThat(properties(written).get(name).textValue()).isEqualTo("of " + stronger);
        assertThat(ReferenceEvent.compared(written)).isEqualTo(event.expected());
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepOneValueOfANameThatAllSourcesGive(EventShape shape) {
        ReferenceEvent event = event(shape);
        for (Source source : List.of(Source.SUPER, Source.CONTEXT, Source.FLAGS, Source.CALLER)) {
            source.give(event, "$feature/beta");
        }
        JsonNode written = event.written(rig(shape));

        assertThat(properties(written).get("$feature/beta").textValue()).isEqualTo("of CALLER");
        assertThat(properties(written).get("$active_feature_flags")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReplaceTheListOfActiveFlagsByTheCallersOwn(EventShape shape) {
        ReferenceEvent event = event(shape).caller("$active_feature_flags", "mine");
        event.superProperties.put("$active_feature_flags", "super");
        event.flags.put("beta", FlagValue.TRUE);

        check(event);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepItsIdentityWhoeverElseNamesIt(EventShape shape) {
        for (Source source : List.of(Source.SUPER, Source.CONTEXT, Source.CALLER)) {
            ReferenceEvent event = event(shape);
            source.give(event, "$lib");
            source.give(event, "$lib_version");
            source.give(event, "$is_server");
            JsonNode properties = properties(event.written(rig(shape)));

            assertThat(properties.get("$is_server").booleanValue())
                    .as("%s", source)
                    .isTrue();
            assertThat(properties.path("$lib").asText())
                    .as("%s", source)
                    .isEqualTo(shape == EventShape.PROPERTIES ? "penstock-java" : "");
            assertThat(properties.path("$lib_version").asText())
                    .as("%s", source)
                    .isEqualTo(shape == EventShape.PROPERTIES ? "1.2.3" : "");
            check(event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldPreferTheGroupsGivenAsSuchToEveryPropertyOfThatName(EventShape shape) {
        for (Source source : List.of(Source.SUPER, Source.CONTEXT, Source.CALLER)) {
            ReferenceEvent with = event(shape).space("$groups", "company", "northwind");
            source.give(with, "$groups");
            ReferenceEvent without = event(shape);
            source.give(without, "$groups");

            check(with);
            assertThat(properties(without.written(rig(shape))).get("$groups").textValue())
                    .isEqualTo("of " + source);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetTheExplicitGeoIpSwitchWinOverAllOthers(EventShape shape) {
        for (Source source : List.of(Source.SUPER, Source.CONTEXT, Source.CALLER)) {
            for (boolean said : new boolean[] {true, false}) {
                for (boolean property : new boolean[] {true, false}) {
                    ReferenceEvent event = event(shape);
                    event.geoIpDisabled = said;
                    switch (source) {
                        case SUPER -> event.superProperties.put(ReferenceEvent.GEOIP, property);
                        case CONTEXT -> event.context.put(ReferenceEvent.GEOIP, property);
                        default -> event.caller(ReferenceEvent.GEOIP, property);
                    }
                    JsonNode properties = properties(event.written(rig(shape)));

                    assertThat(properties.has(ReferenceEvent.GEOIP)).isEqualTo(said);
                    check(event);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSwitchGeoIpForOneEventOfAClientThatAllowsIt(EventShape shape) {
        Map<String, Object> system = ReferenceEvent.systemOf(shape);
        system.remove(ReferenceEvent.GEOIP);
        CaptureRig allowing = CaptureRig.shaped(shape, system);

        assertThat(allowing.properties(e -> {}).has(ReferenceEvent.GEOIP)).isFalse();
        assertThat(allowing.properties(e -> e.disableGeoIp(true))
                        .get(ReferenceEvent.GEOIP)
                        .booleanValue())
                .isTrue();
        assertThat(allowing.properties(e -> e.disableGeoIp(true).disableGeoIp(false))
                        .has(ReferenceEvent.GEOIP))
                .isFalse();
        assertThat(allowing.properties(e -> {}).has(ReferenceEvent.GEOIP)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverWriteTheGeoIpSwitchAsFalse(EventShape shape) {
        ReferenceEvent inSuper = event(shape);
        inSuper.superProperties.put(ReferenceEvent.GEOIP, false);
        ReferenceEvent inContext = event(shape);
        inContext.context.put(ReferenceEvent.GEOIP, false);
        for (ReferenceEvent event : List.of(inSuper, inContext, event(shape).caller(ReferenceEvent.GEOIP, false))) {
            assertThat(properties(event.written(rig(shape))).has(ReferenceEvent.GEOIP))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverChangeThePersonProfileSwitchOfAPersonlessEvent(EventShape shape) {
        for (Source source : List.of(Source.SUPER, Source.CONTEXT, Source.CALLER)) {
            for (boolean said : new boolean[] {true, false}) {
                ReferenceEvent event = event(shape);
                event.personless = true;
                switch (source) {
                    case SUPER -> event.superProperties.put(ReferenceEvent.PROFILE, said);
                    case CONTEXT -> event.context.put(ReferenceEvent.PROFILE, said);
                    default -> event.caller(ReferenceEvent.PROFILE, said);
                }
                JsonNode written = event.written(rig(shape));

                assertThat(profile(written)).as("%s %s", source, said).isEqualTo(Boolean.toString(said));
                assertThat(ReferenceEvent.compared(written)).isEqualTo(event.expected());
            }
        }
    }

    @Test
    void shouldMakeNoPersonOfARandomIdWhoseSwitchCannotBeRead() {
        for (Object unreadable : List.of("maybe", "", List.of(true), Map.of())) {
            ReferenceEvent event = event(EventShape.OPTIONS).caller(ReferenceEvent.PROFILE, unreadable);
            assertThat(profile(event.written(rig(EventShape.OPTIONS)))).isEmpty();

            event.personless = true;
            assertThat(profile(event.written(rig(EventShape.OPTIONS)))).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMarkAPersonlessEventWithoutSuchASwitch(EventShape shape) {
        ReferenceEvent event = event(shape);
        event.personless = true;
        JsonNode written = event.written(rig(shape));

        assertThat(profile(written)).isEqualTo("false");
        assertThat(written.get("distinct_id").textValue()).hasSize(36);
        assertThat(profile(event(shape).written(rig(shape)))).isEmpty();
    }

    /** The switch as text, wherever the shape has it; empty if there is none. */
    private static String profile(JsonNode event) {
        JsonNode inOptions = event.path("options").path("process_person_profile");
        JsonNode inProperties = event.get("properties").path(ReferenceEvent.PROFILE);
        assertThat(inOptions.isMissingNode() || inProperties.isMissingNode()).isTrue();
        return inOptions.asText() + inProperties.asText();
    }

    @ParameterizedTest
    @EnumSource
    void shouldMeetTheNamesOfRegisteredKeys(EventShape shape) {
        CaptureRig rig = rig(shape);
        for (String name : List.of("plan", WIDE, "$os", "$lib", "$geoip_disable", "$session_id", "$feature/beta")) {
            PropertyKey key = rig.registry().register(name);
            ReferenceEvent event = event(shape).caller(name, "caller");
            event.superProperties.put(name, "super");
            event.context.put(name, "context");
            JsonNode written = event.written(rig, e -> e.put(key, "caller"));

            assertThat(ReferenceEvent.compared(written)).as(name).isEqualTo(event.expected());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheLastOfRepeatedKeysAboveAllOtherSources(EventShape shape) {
        ReferenceEvent event = event(shape)
                .caller("plan", 1)
                .caller(WIDE, 1)
                .caller("plan", 2)
                .caller("$os", "a")
                .caller(WIDE, 2)
                .caller("$os", "b")
                .caller("$session_id", "s-1")
                .caller("$session_id", "s-2");
        event.superProperties.put("plan", "super");
        event.context.put(WIDE, "context");

        check(event);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepNamesOfEqualHashCodesApart(EventShape shape) {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        ReferenceEvent event = event(shape).caller("AaBB", "caller").caller("BBAa", "caller");
        event.superProperties.put("Aa", "super");
        event.superProperties.put("AaAa", "super");
        event.context.put("BB", "context");
        event.context.put("BBBB", "context");

        check(event);
        check(event(shape).caller("BB", "caller").caller("Aa", "caller"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteManySuperPropertiesAndLetTheCallerReplaceAnyOfThem(EventShape shape) {
        for (int count : new int[] {159, 160, 161, 200, 256, 257, 600}) {
            ReferenceEvent event = event(shape);
            for (int i = 0; i < count; i++) {
                event.superProperties.put("p" + i, i);
            }
            check(event);
            check(event.caller("p" + (count - 1), "caller").caller("p0", "caller"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteTheSamePropertiesOfAContextForEachEvent(EventShape shape) {
        ReferenceEvent shared = event(shape);
        shared.context.put("$session_id", "s-9");
        shared.context.put("route", "/café");
        shared.context.put(WIDE, Map.of("a", List.of(1, "b")));
        check(shared);
        for (Consumer<EventScratch> filling : List.<Consumer<EventScratch>>of(
                e -> {}, e -> e.put("route", "mine"), e -> e.put("$session_id", "s-1"), e -> {})) {
            JsonNode written = shared.written(rig(shape), filling);

            assertThat(properties(written).get(WIDE).get("a")).hasSize(2);
        }
    }

    @Test
    void shouldReadSuperPropertiesOnceWhenTheyAreRegistered() {
        Map<String, Object> changing = new LinkedHashMap<>(Map.of("a", 1));
        CaptureRig rig = CaptureRig.create();
        rig.superProperties().register(Map.of("nested", changing));
        changing.put("a", 2);

        assertThat(rig.properties(e -> {}).get("nested").get("a").intValue()).isEqualTo(1);
    }

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "Aa",
            "BB",
            "AaBB",
            "é",
            WIDE,
            "$lib",
            "$lib_version",
            "$is_server",
            "$geoip_disable",
            "$os",
            "$java_version",
            "$session_id",
            "$window_id",
            "$process_person_profile",
            "$cookieless_mode",
            "$ignore_sent_at",
            "$product_tour_id",
            "distinct_id",
            "$groups",
            "$set",
            "$set_once",
            "$unset",
            "$group_set",
            "$feature/beta",
            "$feature/é",
            "$active_feature_flags",
            "$feature",
            "$",
            "");

    private static final List<String> SPACES = List.of("$set", "$set_once", "$unset", "$groups", "$group_set");

    private static String name(SplittableRandom random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static Object value(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0 -> true;
            case 1 -> false;
            case 2 -> 0;
            case 3 -> random.nextInt();
            case 4 -> "true";
            case 5 -> "text " + random.nextInt(3);
            case 6 -> "漢字";
            case 7 -> 0.5;
            case 8 -> Map.of("distinct_id", random.nextInt(9), "$lib", List.of("x", 1));
            default -> null;
        };
    }

    private static ReferenceEvent random(EventShape shape, SplittableRandom random) {
        ReferenceEvent event = new ReferenceEvent(shape, ReferenceEvent.systemOf(shape));
        for (int i = random.nextInt(6); i > 0; i--) {
            event.superProperties.put(name(random), value(random));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            event.context.put(name(random), value(random));
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            event.caller(name(random), value(random));
        }
        if (random.nextInt(3) == 0) {
            event.flags.put("beta", random.nextBoolean() ? FlagValue.TRUE : FlagValue.variant("v"));
            event.flags.put("é", FlagValue.of(random.nextBoolean()));
        }
        if (random.nextInt(3) == 0) {
            for (int i = random.nextInt(5); i > 0; i--) {
                String space = SPACES.get(random.nextInt(SPACES.size()));
                String name = "n" + random.nextInt(3);
                event.space(
                        space, name, space.equals("$groups") ? "key" : space.equals("$unset") ? null : value(random));
            }
        }
        event.geoIpDisabled = random.nextInt(3) > 0 ? null : (Boolean) random.nextBoolean();
        event.personless = random.nextInt(3) == 0;
        return event;
    }

    @ParameterizedTest
    @EnumSource
    void shouldAgreeWithTheReferenceWhateverMeets(EventShape shape) {
        TestSeed.run(random -> {
            CaptureRig rig = rig(shape);
            for (int i = 0; i < 4_000; i++) {
                ReferenceEvent event = random(shape, random);
                JsonNode written = event.written(rig);
                assertThat(ReferenceEvent.compared(written))
                        .as("super %s context %s caller %s", event.superProperties, event.context, event.callers)
                        .isEqualTo(event.expected());
            }
        });
    }
}
