package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.PropertyKey;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.TestSeed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventEncoderTest {

    private static final String[] NASTY = {
        "a",
        "7",
        " ",
        "\"",
        "\\",
        "/",
        "\n",
        "\r",
        "\t",
        "\b",
        "\f",
        "\u0000",
        "\u001f",
        "\u007f",
        "\u0080",
        "é",
        "ÿ",
        "Ā",
        "߿",
        "ࠀ",
        "漢",
        "\u2028",
        "\uffff",
        "😀",
        "\ud800",
        "\udfff",
        "abcdefgh",
        "!#[]",
        "ij\"klmno"
    };

    @Test
    void shouldEscapeQuotesAndBackslashesAtEveryPositionOfAWord() {
        CaptureRig rig = CaptureRig.bare();
        for (String special : List.of("\"", "\\", "\n", "\u0000", "\u001f", "\u007f", "é", "漢")) {
            for (int length = 1; length <= 25; length++) {
                for (int at = 0; at < length; at++) {
                    String value = "x".repeat(at) + special + "y".repeat(length - at - 1);
                    JsonNode properties = rig.properties(e -> e.put("k", value).put(value, 1));
                    assertThat(properties.get("k").textValue()).isEqualTo(value);
                    assertThat(properties.get(value).intValue()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void shouldReadBackAnyText() {
        TestSeed.run(random -> {
            CaptureRig rig = CaptureRig.bare();
            for (int i = 0; i < 20_000; i++) {
                // Half of the texts are ISO-8859-1 only, which is stored and written in another way.
                int alphabet = i % 2 == 0 ? 17 : NASTY.length;
                String name = "n" + text(random, alphabet);
                String id = "d" + text(random, alphabet);
                String key = "k" + text(random, alphabet);
                String value = text(random, alphabet);
                String inner = text(random, alphabet);
                JsonNode event = rig.tree(e -> e.event(name)
                        .distinctId(id)
                        .put(key, value)
                        .put("nested", Map.of(inner, value))
                        .put("last", inner));
                JsonNode properties = event.get("properties");
                assertThat(event.get("event").textValue()).isEqualTo(clean(name));
                assertThat(event.get("distinct_id").textValue()).isEqualTo(clean(id));
                assertThat(properties.get(clean(key)).textValue()).isEqualTo(clean(value));
                assertThat(properties.get("nested").get(clean(inner)).textValue())
                        .isEqualTo(clean(value));
                assertThat(properties.get("last").textValue()).isEqualTo(clean(inner));
            }
        });
    }

    private static String text(SplittableRandom random, int alphabet) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(24); n > 0; n--) {
            text.append(NASTY[random.nextInt(alphabet)]);
        }
        return text.toString();
    }

    /** Lone surrogates become U+FFFD. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return clean.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {4_095, 4_096, 4_097, 8_192, 100_003})
    void shouldWriteLongTextOfEveryWidth(int length) {
        CaptureRig rig = CaptureRig.bare();
        for (String unit : List.of("x", "\"", "\u0001", "é", "漢", "😀")) {
            String value = unit.repeat(length / unit.length());
            JsonNode properties = rig.properties(e -> e.put("k", value).put("after", "it"));
            assertThat(properties.get("k").textValue()).isEqualTo(value);
            assertThat(properties.get("after").textValue()).isEqualTo("it");
        }
    }

    @Test
    void shouldReplaceLoneSurrogates() {
        assertThat(CaptureRig.bare().valueText(e -> e.put("k", "a\ud83d|\ude00b|😀|\ude00\ud83d")))
                .isEqualTo("\"a\ufffd|\ufffdb|😀|\ufffd\ufffd\"");
    }

    @Test
    void shouldNotJoinHalvesOfACharacterAcrossTwoTexts() {
        CaptureRig rig = CaptureRig.bare();

        JsonNode event = rig.tree(e -> e.event("name\ud83d")
                .distinctId("\ude00id")
                .put("k", List.of("first\ud83d", "\ude00second"))
                .put("tail", "whole"));

        assertThat(event.get("properties").get("k")).isEqualTo(CaptureRig.parse("[\"first\ufffd\",\"\ufffdsecond\"]"));
        assertThat(event.get("properties").get("tail").textValue()).isEqualTo("whole");
        assertThat(event.get("event").textValue()).isEqualTo("name\ufffd");
        assertThat(event.get("distinct_id").textValue()).isEqualTo("\ufffdid");
    }

    @Test
    void shouldWriteContainersWithinContainers() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("empty map", Map.of());
        nested.put("empty list", List.of());
        nested.put("list", List.of(1, List.of(2, Map.of("three", 3)), "four"));
        nested.put("map", Map.of("a", Map.of("b", new int[] {5, 6})));

        assertThat(CaptureRig.bare().valueText(e -> e.put("k", nested)))
                .isEqualTo("{\"empty map\":{},\"empty list\":[],\"list\":[1,[2,{\"three\":3}],\"four\"],"
                        + "\"map\":{\"a\":{\"b\":[5,6]}}}");
    }

    @Test
    void shouldKeepTheLastValueOfAKeyGivenTwice() {
        CaptureRig rig = CaptureRig.bare();
        PropertyKey key = rig.registry().register("k");

        assertThat(rig.valueText(e -> e.put("k", 1).put("k", 2))).isEqualTo("2");
        assertThat(rig.valueText(e -> e.put(key, 1).put("k", "two"))).isEqualTo("\"two\"");
        assertThat(rig.valueText(e -> e.put("k", "one").put(key, true))).isEqualTo("true");
        assertThat(rig.valueText(e -> e.put(key, 1).put(key, 2.5))).isEqualTo("2.5");
        assertThat(rig.valueText(e -> e.put("k", 1).putAll(Map.of("k", List.of(2)))))
                .isEqualTo("[2]");
        assertThat(rig.valueText(e -> e.putAll(Map.of("k", Map.of("k", 1))).put(key, (String) null)))
                .isEqualTo("null");
    }

    @Test
    void shouldKeepTheLastValueOfAKeyBehindWideText() {
        JsonNode properties = CaptureRig.bare()
                .properties(e -> e.put("漢", "字1").put("x", "😀").put("漢", "字2").put("y", "é"));

        assertThat(properties).isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"x\":\"😀\",\"漢\":\"字2\",\"y\":\"é\"}"));
    }

    @Test
    void shouldKeepKeysOfEqualHashCodesApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());

        JsonNode properties = CaptureRig.bare().properties(e -> e.put("Aa", 1).put("BB", 2));

        assertThat(properties).isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"Aa\":1,\"BB\":2}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {159, 160, 161, 255, 256, 257, 300, 2_000})
    void shouldWriteAnyNumberOfKeys(int count) {
        JsonNode properties = assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> CaptureRig.bare().properties(e -> {
                    for (int i = 0; i < count; i++) {
                        e.put("key " + i, i);
                    }
                    e.put("key 0", "last");
                }));

        assertThat(properties.size()).isEqualTo(count + 1);
        assertThat(properties.get("key 0").textValue()).isEqualTo("last");
        for (int i = 1; i < count; i++) {
            assertThat(properties.get("key " + i).intValue()).isEqualTo(i);
        }
    }

    @Test
    void shouldWriteAnEventWithAKeyOfTheClientsOwnBeforeAnyOther() {
        String os = assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> CaptureRig.create()
                        .properties(e -> e.put("$os", "first").put("other", 1))
                        .get("$os")
                        .textValue());

        assertThat(os).isEqualTo("first");
    }

    @Test
    void shouldForgetTheKeysOfEventsWithKeysOfTheClientsOwn() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            CaptureRig rig = CaptureRig.create();
            rig.json(e -> {});
            for (int i = 0; i < 1_000; i++) {
                String key = "key " + i;
                assertThat(rig.properties(e -> e.put("$os", "mine").put(key, 1))
                                .get(key)
                                .intValue())
                        .isEqualTo(1);
            }
        });
    }

    @Test
    void shouldNotRepeatKeysThatDifferOnlyInWhatCannotBeWritten() {
        JsonNode properties =
                CaptureRig.bare().properties(e -> e.put("\ud800", 1).put("\ud801", 2));

        assertThat(properties.get("\ufffd").intValue()).isEqualTo(2);
    }

    @Test
    void shouldNotRepeatKeysWithinANestedMap() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, "number");
        map.put("1", "text");

        assertThat(CaptureRig.bare().properties(e -> e.put("k", map)).get("k"))
                .isEqualTo(CaptureRig.parse("{\"1\":\"text\"}"));
    }

    @Test
    void shouldReplaceLoneSurrogatesInRegisteredKeys() {
        CaptureRig rig = CaptureRig.bare();
        PropertyKey key = rig.registry().register("a\ud800b");

        assertThat(rig.properties(e -> e.put(key, 1)).get("a\ufffdb").intValue())
                .isEqualTo(1);
    }

    @Test
    void shouldWriteRegisteredKeysLikeText() {
        CaptureRig rig = CaptureRig.bare();
        PropertyKey strange = rig.registry().register("a \"quoted\" \\ 漢 \n key");
        PropertyKey foreign = new KeyRegistry().register("foreign");

        JsonNode properties = rig.properties(e -> e.put(strange, 1).put(foreign, 2));

        assertThat(properties.get(strange.name()).intValue()).isEqualTo(1);
        assertThat(properties.get("foreign").intValue()).isEqualTo(2);
    }

    @Test
    void shouldMeetKeysRegisteredAfterItsFirstEvent() {
        CaptureRig rig = CaptureRig.bare();
        assertThat(rig.valueText(e -> e.put(rig.registry().register("k"), 1))).isEqualTo("1");
        PropertyKey later = rig.registry().register("later");

        assertThat(rig.properties(e -> e.put(later, 2)).get("later").intValue()).isEqualTo(2);
    }

    // The client's identity wins, where it runs is the caller's to say.
    @Test
    void shouldKeepItsOwnIdentityAndLetTheCallerSayTheRest() {
        CaptureRig rig = CaptureRig.create();
        PropertyKey os = rig.registry().register("$os");
        PropertyKey lib = rig.registry().register("$lib");

        JsonNode properties = rig.properties(e -> e.put(lib, "mine")
                .put("$lib_version", "9")
                .put("$is_server", false)
                .put(os, "TempleOS")
                .put("$os_version", "5.03")
                .put("$java_version", 1)
                .put("own", 2));

        assertThat(properties)
                .isEqualTo(
                        CaptureRig.parse("{\"$lib\":\"penstock-java\",\"$lib_version\":\"1.2.3\",\"$is_server\":true,"
                                + "\"$geoip_disable\":true,\"$os\":\"TempleOS\",\"$os_version\":\"5.03\",\"$java_version\":1,"
                                + "\"own\":2}"));
    }

    @Test
    void shouldLeaveTheServerPropertyToTheCallerWhenItIsSwitchedOff() {
        Map<String, Object> without = CaptureRig.allSystemProperties();
        without.remove("$is_server");
        CaptureRig rig = CaptureRig.with(without);

        assertThat(rig.properties(e -> e.put("a", 1)).has("$is_server")).isFalse();
        assertThat(rig.properties(e -> e.put("$is_server", true))
                        .get("$is_server")
                        .booleanValue())
                .isTrue();
    }

    // True or absent, never false.
    @Test
    void shouldOmitTheGeoIpSwitchWhenTheCallerAllowsIt() {
        CaptureRig disabled = CaptureRig.create();
        CaptureRig allowed = CaptureRig.bare();

        assertThat(disabled.properties(e -> {}).get("$geoip_disable").booleanValue())
                .isTrue();
        assertThat(disabled.properties(e -> e.put("$geoip_disable", false)).has("$geoip_disable"))
                .isFalse();
        assertThat(disabled.properties(e -> e.putAll(Map.of("$geoip_disable", false)))
                        .has("$geoip_disable"))
                .isFalse();
        assertThat(disabled.properties(e -> e.put("$geoip_disable", true))
                        .get("$geoip_disable")
                        .booleanValue())
                .isTrue();
        assertThat(disabled.properties(e -> e.put("$geoip_disable", false).put("$geoip_disable", true))
                        .get("$geoip_disable")
                        .booleanValue())
                .isTrue();
        assertThat(allowed.properties(e -> {}).has("$geoip_disable")).isFalse();
        assertThat(allowed.properties(e -> e.put("$geoip_disable", false)).has("$geoip_disable"))
                .isFalse();
        assertThat(allowed.properties(e -> e.put("$geoip_disable", true))
                        .get("$geoip_disable")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void shouldPreferGroupsToAPropertyOfThatName() {
        CaptureRig rig = CaptureRig.bare();

        assertThat(rig.properties(e -> e.group("company", "one")
                                .group("company", "two")
                                .group("gui\"ld", "漢")
                                .put("$groups", Map.of("company", "three")))
                        .get("$groups"))
                .isEqualTo(CaptureRig.parse("{\"company\":\"two\",\"gui\\\"ld\":\"漢\"}"));
        assertThat(rig.properties(e -> e.put("$groups", Map.of("company", "three")))
                        .get("$groups"))
                .isEqualTo(CaptureRig.parse("{\"company\":\"three\"}"));
        assertThat(rig.properties(e -> e.put("company", 1).group("company", "x").put("after", List.of(2))))
                .isEqualTo(CaptureRig.parse(
                        "{\"$lib\":\"rig\",\"company\":1,\"after\":[2],\"$groups\":{\"company\":\"x\"}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void shouldMarkEventsWithoutDistinctIdAsPersonless(String id) {
        CaptureRig rig = CaptureRig.bare();

        JsonNode event = rig.tree(e -> e.distinctId(id));

        assertThat(event.get("distinct_id").textValue()).hasSize(36);
        assertThat(event.get("properties").get("$process_person_profile").booleanValue())
                .isFalse();
        assertThat(rig.properties(e -> e.put("a", 1)).has("$process_person_profile"))
                .isFalse();
    }

    @Test
    void shouldNeverChangeThePersonProfileSwitchOfTheCaller() {
        CaptureRig rig = CaptureRig.bare();

        assertThat(rig.properties(e -> e.distinctId(null).put("$process_person_profile", true))
                        .get("$process_person_profile")
                        .booleanValue())
                .isTrue();
        assertThat(rig.properties(e -> e.putAll(Map.of("$process_person_profile", false)))
                        .get("$process_person_profile")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void shouldMarkAsPersonlessThoughANestedObjectOrGroupHasTheSwitchesName() {
        CaptureRig rig = CaptureRig.bare();

        JsonNode nested = rig.properties(e -> e.distinctId(null).put("$set", Map.of("$process_person_profile", true)));
        JsonNode group = rig.properties(e -> e.distinctId(null).group("$process_person_profile", "g"));

        assertThat(nested.get("$process_person_profile")).isNotNull();
        assertThat(nested.get("$process_person_profile").booleanValue()).isFalse();
        assertThat(group.get("$process_person_profile")).isNotNull();
    }

    @Test
    void shouldNeverRepeatAMemberWhateverIsGiven() {
        String[] names = {
            "$lib",
            "$lib_version",
            "$is_server",
            "$geoip_disable",
            "$os",
            "$groups",
            "$process_person_profile",
            "Aa",
            "BB",
            "a",
            "漢"
        };
        TestSeed.run(random -> {
            CaptureRig rig = CaptureRig.create();
            for (int i = 0; i < 5_000; i++) {
                Map<String, Integer> last = new LinkedHashMap<>();
                JsonNode properties = rig.properties(e -> {
                    e.distinctId(random.nextBoolean() ? "id" : null);
                    for (int n = random.nextInt(12); n > 0; n--) {
                        String name = names[random.nextInt(names.length)];
                        int value = random.nextInt(1_000);
                        switch (random.nextInt(4)) {
                            case 0 -> e.put(name, value);
                            case 1 -> e.put(rig.registry().register(name), value);
                            case 2 -> e.putAll(Map.of(name, value));
                            default -> {
                                e.group("type", "key");
                                continue;
                            }
                        }
                        last.put(name, value);
                    }
                });
                last.forEach((name, value) -> {
                    if (!List.of("$lib", "$lib_version", "$is_server", "$groups")
                            .contains(name)) {
                        assertThat(properties.get(name).intValue()).isEqualTo(value);
                    }
                });
            }
        });
    }
}
