package dev.penstock.engine.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.Integrations;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.MessageRig;
import dev.penstock.engine.record.TestSeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MessageEncoderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Object> SHARED = Map.of("n1", "shared", "n2", "shared", "other", "shared");

    private final MessageRig rig = MessageRig.create();

    private MessageBuilder track() {
        return rig.track("e").userId("u");
    }

    private static JsonNode json(String text) {
        return CaptureRig.parse(text);
    }

    private static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    @Test
    void shouldKeepTheLastValueOfAPropertyGivenTwice() {
        PropertyKey key = rig.propertyKey("k");
        assertThat(rig.tree(track().put("k", 1).put("l", 1).put("k", 2)).get("properties"))
                .isEqualTo(json("{\"k\":2,\"l\":1}"));
        assertThat(rig.tree(track().put("k", "text").put(key, 2)).get("properties"))
                .isEqualTo(json("{\"k\":2}"));
        assertThat(rig.tree(track().put(key, 1).putAll(Map.of("k", List.of(3)))).get("properties"))
                .isEqualTo(json("{\"k\":[3]}"));
        assertThat(rig.tree(track().put("k", List.of(1)).put("k", (String) null))
                        .get("properties"))
                .isEqualTo(json("{\"k\":null}"));
    }

    @Test
    void shouldKeepTheLastValueOfATraitGivenTwice() {
        assertThat(rig.tree(rig.identify("u").put("漢", 1).put("漢", 2)).get("traits"))
                .isEqualTo(json("{\"漢\":2}"));
        assertThat(rig.tree(rig.group("g").userId("u").put("k", 1).put("k", "b"))
                        .get("traits"))
                .isEqualTo(json("{\"k\":\"b\"}"));
    }

    @Test
    void shouldKeepTheLastMemberOfAContextGivenTwice() {
        Context typed = Context.builder().ip("9.9.9.9").pageUrl("u1").build();

        assertThat(rig.tree(track().context("ip", "1.1.1.1").context("a", 1).context(typed))
                        .get("context"))
                .isEqualTo(json("{\"ip\":\"9.9.9.9\",\"page\":{\"url\":\"u1\"},\"a\":1}"));
        assertThat(rig.tree(track().context(typed).context("ip", "1.1.1.1")).get("context"))
                .isEqualTo(json("{\"ip\":\"1.1.1.1\",\"page\":{\"url\":\"u1\"}}"));
        assertThat(rig.tree(track().context(typed).context("page", Map.of("title", "t")))
                        .get("context"))
                .isEqualTo(json("{\"ip\":\"9.9.9.9\",\"page\":{\"title\":\"t\"}}"));
    }

    @Test
    void shouldKeepTheLastWordOnADestinationGivenTwice() {
        Integrations typed =
                Integrations.builder().disableAll().options("A", Map.of("a", 1)).build();

        assertThat(rig.tree(track().integration("A", true)
                                .integration("B", true)
                                .integrations(typed))
                        .get("integrations"))
                .isEqualTo(json("{\"A\":{\"a\":1},\"B\":true,\"All\":false}"));
        assertThat(rig.tree(track().integrations(typed).integration("A", false).integration("All", true))
                        .get("integrations"))
                .isEqualTo(json("{\"All\":true,\"A\":false}"));
        assertThat(rig.tree(track().integration("a", true).integration("A", false))
                        .get("integrations"))
                .as("case matters")
                .isEqualTo(json("{\"a\":true,\"A\":false}"));
    }

    @Test
    void shouldKeepOneNameApartInEachPlace() {
        JsonNode message = rig.tree(rig.page("p")
                .userId("u")
                .anonymousId("a")
                .category("c")
                .put("name", 1)
                .context("name", 2)
                .integration("name", true)
                .put("userId", 3)
                .context("category", 4)
                .put("type", "mine")
                .put("messageId", "mine"));

        assertThat(message.get("name").textValue()).isEqualTo("p");
        assertThat(message.get("userId").textValue()).isEqualTo("u");
        assertThat(message.get("type").textValue()).isEqualTo("page");
        assertThat(message.get("properties"))
                .isEqualTo(json("{\"name\":1,\"userId\":3,\"type\":\"mine\",\"messageId\":\"mine\"}"));
        assertThat(message.get("context")).isEqualTo(json("{\"name\":2,\"category\":4}"));
        assertThat(message.get("integrations")).isEqualTo(json("{\"name\":true}"));
    }

    @Test
    void shouldIgnoreALibraryOfTheCallers() {
        Context typed = Context.builder().put("library", "mine").ip("1.1.1.1").build();

        assertThat(rig.tree(track().context("library", Map.of("name", "mine"))).has("context"))
                .isFalse();
        assertThat(rig.tree(track().context(typed).context("library", 1)).get("context"))
                .isEqualTo(json("{\"ip\":\"1.1.1.1\"}"));
        assertThat(rig.tree(track().context("Library", 1)).get("context")).isEqualTo(json("{\"Library\":1}"));
        assertThat(rig.tree(track().put("library", 1)).get("properties")).isEqualTo(json("{\"library\":1}"));
        assertThat(rig.valuesReplaced()).isZero();
    }

    @Test
    void shouldLeaveOutWhatIsEmpty() {
        JsonNode message = rig.tree(track().putAll(Map.of())
                .context(Context.builder().ip("").build())
                .integrations(Integrations.builder().build()));

        assertThat(message.size()).isEqualTo(5);
    }

    @Test
    void shouldKeepEmptyValuesThatWereGiven() {
        JsonNode message = rig.tree(track().put("text", "")
                .put("list", (Object) List.of())
                .put("map", Map.of())
                .context("map", Map.of())
                .integration("A", Map.of()));

        assertThat(message.get("properties")).isEqualTo(json("{\"text\":\"\",\"list\":[],\"map\":{}}"));
        assertThat(message.get("context")).isEqualTo(json("{\"map\":{}}"));
        assertThat(message.get("integrations")).isEqualTo(json("{\"A\":{}}"));
    }

    @Test
    void shouldWriteEveryCharacterEverywhere() {
        String text = "é漢😀\" \\ \n\u0000\u007f\u2028";
        JsonNode message = rig.tree(rig.page(text)
                .userId(text)
                .anonymousId(text)
                .messageId(text)
                .category(text)
                .put(text, text)
                .context(text, text)
                .integration(text, Map.of(text, text)));

        assertThat(message.get("name").textValue()).isEqualTo(text);
        assertThat(message.get("userId").textValue()).isEqualTo(text);
        assertThat(message.get("anonymousId").textValue()).isEqualTo(text);
        assertThat(message.get("messageId").textValue()).isEqualTo(text);
        assertThat(message.get("category").textValue()).isEqualTo(text);
        assertThat(message.get("properties").get(text).textValue()).isEqualTo(text);
        assertThat(message.get("context").get(text).textValue()).isEqualTo(text);
        assertThat(message.get("integrations").get(text).get(text).textValue()).isEqualTo(text);
    }

    @Test
    void shouldReplaceLoneSurrogatesEverywhere() {
        String lone = "a\ud800b";
        String written = "a\ufffdb";
        JsonNode message = rig.tree(rig.group(lone)
                .userId(lone)
                .anonymousId(lone)
                .messageId(lone)
                .put(lone, lone)
                .context(lone, lone)
                .integration(lone, true));

        assertThat(message.get("groupId").textValue()).isEqualTo(written);
        assertThat(message.get("userId").textValue()).isEqualTo(written);
        assertThat(message.get("anonymousId").textValue()).isEqualTo(written);
        assertThat(message.get("messageId").textValue()).isEqualTo(written);
        assertThat(message.get("traits").get(written).textValue()).isEqualTo(written);
        assertThat(message.get("context").get(written).textValue()).isEqualTo(written);
        assertThat(message.get("integrations").has(written)).isTrue();
    }

    @Test
    void shouldWriteNestedValuesEverywhere() {
        Object nested = ordered("list", List.of(1, ordered("deep", List.of("漢", true))), "none", null);
        JsonNode expected = JSON.valueToTree(nested);
        JsonNode message = rig.tree(track().put("k", nested)
                .context("k", nested)
                .integration("k", ordered("list", List.of(1, ordered("deep", List.of("漢", true))), "none", null)));

        assertThat(message.get("properties").get("k").toString()).isEqualTo(expected.toString());
        assertThat(message.get("context").get("k").toString()).isEqualTo(expected.toString());
        assertThat(message.get("integrations").get("k").toString()).isEqualTo(expected.toString());
    }

    @Test
    void shouldAddTheSharedContextUnlessAMessageSaysOtherwise() {
        MessageRig shared = MessageRig.withContext(
                ordered("library", Map.of("name", "ours"), "ip", "1.1.1.1", "page", Map.of("url", "shared")));
        MessageBuilder plain = shared.track("e").userId("u");
        MessageBuilder own =
                shared.track("e").userId("u").context("ip", "9.9.9.9").context("a", 1);

        assertThat(shared.tree(plain).get("context"))
                .isEqualTo(json("{\"library\":{\"name\":\"ours\"},\"ip\":\"1.1.1.1\",\"page\":{\"url\":\"shared\"}}"));
        assertThat(shared.tree(own).get("context"))
                .isEqualTo(json(
                        "{\"ip\":\"9.9.9.9\",\"a\":1,\"library\":{\"name\":\"ours\"},\"page\":{\"url\":\"shared\"}}"));
        MessageBuilder nested = shared.track("e").userId("u").context("page", Map.of("title", "t"));
        assertThat(shared.tree(nested).get("context").get("page"))
                .as("members are not merged")
                .isEqualTo(json("{\"title\":\"t\"}"));
        MessageBuilder library = shared.track("e").userId("u").context("library", "mine");
        assertThat(shared.tree(library).get("context").get("library")).isEqualTo(json("{\"name\":\"ours\"}"));
    }

    @Test
    void shouldKeepTheLastValueOfEachNameAmongMany() {
        TestSeed.run(random -> {
            MessageRig shared = MessageRig.withContext(SHARED);
            PropertyKey[] keys = {shared.propertyKey("n0"), shared.propertyKey("n3")};
            for (int round = 0; round < 2_000; round++) {
                assertLastValues(shared, keys, random);
            }
        });
    }

    private static void assertLastValues(MessageRig rig, PropertyKey[] keys, SplittableRandom random) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> context = new LinkedHashMap<>(SHARED);
        Map<String, Object> integrations = new LinkedHashMap<>();
        MessageBuilder message = rig.track("e").userId("u");
        int entries = random.nextInt(12);
        for (int i = 0; i < entries; i++) {
            String name = "n" + random.nextInt(6);
            PropertyKey key = keys[random.nextInt(2)];
            switch (random.nextInt(4)) {
                case 0 -> {
                    message.put(name, i);
                    properties.put(name, i);
                }
                case 1 -> {
                    message.put(key, i);
                    properties.put(key.name(), i);
                }
                case 2 -> {
                    message.context(name, i);
                    context.put(name, i);
                }
                default -> {
                    message.integration(name, i % 2 == 0);
                    integrations.put(name, i % 2 == 0);
                }
            }
        }
        JsonNode tree = rig.tree(message);
        assertObject(tree, "properties", properties);
        assertObject(tree, "context", context);
        assertObject(tree, "integrations", integrations);
    }

    private static void assertObject(JsonNode message, String name, Map<String, Object> expected) {
        JsonNode object = message.get(name);
        assertThat(object == null).as("%s of %s", name, message).isEqualTo(expected.isEmpty());
        if (object != null) {
            assertThat(object.size()).as("%s of %s", name, message).isEqualTo(expected.size());
            expected.forEach((key, value) -> assertThat(object.get(key))
                    .as("%s of %s", key, message)
                    .isEqualTo(json(JSON.valueToTree(value).toString())));
        }
    }
}
