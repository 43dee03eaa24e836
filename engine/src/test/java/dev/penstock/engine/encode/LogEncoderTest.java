package dev.penstock.engine.encode;

import static dev.penstock.engine.capture.CaptureRig.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.logs.LogLevel;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.engine.capture.CaptureRig;
import dev.penstock.engine.capture.LogRig;
import dev.penstock.engine.record.TestSeed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEncoderTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "B7AD6B7169203331";

    /** An object no rule of ours covers. */
    public static final class Order {
        public final int id = 7;
        public final String name = "seven \"quoted\" 漢😀";
        public final double price = 2.5;
        public final boolean paid = true;
        public final Object nothing = null;
        public final List<Object> lines = Arrays.asList(1, null, "two");
        public final BigInteger big = new BigInteger("123456789012345678901234567890");
        public final BigDecimal huge = new BigDecimal("1E+400");
        public final Map<String, Object> empty = Map.of();
    }

    /** Serialized as null. */
    public static final class Nothing {
        @com.fasterxml.jackson.annotation.JsonValue
        public Object value() {
            return null;
        }
    }

    /** An object with something in it. */
    public static final class Holder {
        private final Object content;

        Holder(Object content) {
            this.content = content;
        }

        public Object getContent() {
            return content;
        }
    }

    private final LogRig rig = LogRig.create();

    @Test
    void shouldWriteAWholeRecord() {
        JsonNode record = rig.record(log -> log.body("checkout \"failed\"")
                .level(LogLevel.ERROR)
                .attribute("order", 4711)
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .spanId("b7ad6b7169203331")
                .traceFlags(1));

        assertThat(record)
                .isEqualTo(parse(
                        "{\"timeUnixNano\":\"1772359204871000000\",\"observedTimeUnixNano\":\"1772359204871000000\","
                                + "\"body\":{\"stringValue\":\"checkout \\\"failed\\\"\"},\"severityNumber\":17,\"severityText\":\"ERROR\","
                                + "\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\",\"flags\":1,"
                                + "\"attributes\":[{\"key\":\"order\",\"value\":{\"intValue\":\"4711\"}}]}"));
    }

    @Test
    void shouldWriteABareRecord() {
        JsonNode record = rig.record(log -> {});

        assertThat(record.fieldNames())
                .toIterable()
                .containsExactly(
                        "timeUnixNano", "observedTimeUnixNano", "body", "severityNumber", "severityText", "attributes");
        assertThat(record.get("attributes")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    @DisplayName("Logs: each level maps to its number")
    void shouldWriteNumberAndNameOfTheLevel(LogLevel level) {
        JsonNode record = rig.record(log -> log.level(level));

        assertThat(record.get("severityNumber").intValue()).isEqualTo(level.severityNumber());
        assertThat(record.get("severityText").textValue()).isEqualTo(level.name());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255})
    @DisplayName("Logs: trace_flags renamed to flags")
    void shouldWriteTraceFlagsAsFlagsOnlyIfGiven(int flags) {
        JsonNode record = rig.record(log -> log.traceFlags(flags));

        assertThat(record.get("flags").isInt()).isTrue();
        assertThat(record.get("flags").intValue()).isEqualTo(flags);
        assertThat(rig.record(log -> {}).has("flags")).isFalse();
    }

    @Test
    @DisplayName("Logs: absent trace ids omitted")
    void shouldOmitEachIdThatIsAbsent() {
        JsonNode traced = rig.record(log -> log.traceId(TRACE_ID));
        JsonNode spanned = rig.record(log -> log.spanId(SPAN_ID).traceFlags(3).attribute("after", "it"));

        assertThat(traced.get("traceId").textValue()).isEqualTo(TRACE_ID);
        assertThat(traced.has("spanId")).isFalse();
        assertThat(spanned.has("traceId")).isFalse();
        assertThat(spanned.get("spanId").textValue()).isEqualTo(SPAN_ID);
        assertThat(spanned.get("flags").intValue()).isEqualTo(3);
        assertThat(LogRig.attribute(spanned, "after")).isEqualTo(parse("{\"stringValue\":\"it\"}"));
    }

    @ParameterizedTest
    @CsvSource({"4999", "0", "-1", "9223372036854775807", "-9223372036854775808"})
    @DisplayName("Logs: integer encoded as string")
    void shouldWriteIntegersAsText(long value) {
        assertThat(rig.value(value)).isEqualTo(parse("{\"intValue\":\"" + value + "\"}"));
    }

    @Test
    void shouldWriteEveryKindOfInteger() {
        for (Object value : List.of((byte) 7, (short) 7, 7, 7L, BigInteger.valueOf(7))) {
            assertThat(rig.value(value)).isEqualTo(parse("{\"intValue\":\"7\"}"));
        }
    }

    @Test
    void shouldKeepTheDigitsOfNumbersThatNoNumberOfOtlpHolds() {
        assertThat(rig.value(new BigInteger("9223372036854775808")))
                .isEqualTo(parse("{\"stringValue\":\"9223372036854775808\"}"));
        assertThat(rig.value(new BigDecimal("1E+400")).get("stringValue").textValue())
                .isIn("1E+400", "1" + "0".repeat(400));
        assertThat(rig.value(BigInteger.TEN.pow(5_000)).get("stringValue").textValue())
                .isEqualTo("1" + "0".repeat(5_000));
    }

    @Test
    void shouldWriteDoublesAndFloatsAsNumbers() {
        assertThat(rig.value(2.5)).isEqualTo(parse("{\"doubleValue\":2.5}"));
        assertThat(rig.value(0.1f)).isEqualTo(parse("{\"doubleValue\":0.1}"));
        assertThat(rig.value(3.0).get("doubleValue").decimalValue()).isEqualByComparingTo("3");
        assertThat(rig.value(-1e-300).get("doubleValue").doubleValue()).isEqualTo(-1e-300);
        assertThat(rig.value(Double.MAX_VALUE).get("doubleValue").doubleValue()).isEqualTo(Double.MAX_VALUE);
        assertThat(rig.value(new BigDecimal("12.75"))).isEqualTo(parse("{\"doubleValue\":12.75}"));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    @DisplayName("Logs: non-finite number as string")
    void shouldWriteNonFiniteNumbersAsText(String text) {
        JsonNode expected = parse("{\"stringValue\":\"" + text + "\"}");

        assertThat(rig.value(Double.valueOf(text))).isEqualTo(expected);
        assertThat(rig.value(Float.valueOf(text))).isEqualTo(expected);
        assertThat(rig.value(List.of(Double.valueOf(text))).at("/arrayValue/values/0"))
                .isEqualTo(expected);
        assertThat(rig.value(Map.of("inner", Float.valueOf(text))).at("/kvlistValue/values/0/value"))
                .isEqualTo(expected);
        assertThat(rig.value(new double[] {1, Double.parseDouble(text)}).at("/arrayValue/values/1"))
                .isEqualTo(expected);
    }

    @Test
    void shouldWriteBooleansAndTextOfAllKinds() {
        UUID uuid = UUID.fromString("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21");

        assertThat(rig.value(true)).isEqualTo(parse("{\"boolValue\":true}"));
        assertThat(rig.value(false)).isEqualTo(parse("{\"boolValue\":false}"));
        assertThat(rig.value("a \"b\" \n 漢")).isEqualTo(parse("{\"stringValue\":\"a \\\"b\\\" \\n 漢\"}"));
        assertThat(rig.value("")).isEqualTo(parse("{\"stringValue\":\"\"}"));
        assertThat(rig.value('c')).isEqualTo(parse("{\"stringValue\":\"c\"}"));
        assertThat(rig.value(LogLevel.WARN)).isEqualTo(parse("{\"stringValue\":\"WARN\"}"));
        assertThat(rig.value(uuid)).isEqualTo(parse("{\"stringValue\":\"" + uuid + "\"}"));
        assertThat(rig.value(Instant.parse("2026-03-01T10:00:04.871Z")))
                .isEqualTo(parse("{\"stringValue\":\"2026-03-01T10:00:04.871Z\"}"));
    }

    @Test
    @DisplayName("Logs: nested object as kvlistValue")
    void shouldWriteANestedMapAsAListOfMembers() {
        assertThat(rig.value(Map.of("inner", 1)))
                .isEqualTo(
                        parse("{\"kvlistValue\":{\"values\":[{\"key\":\"inner\",\"value\":{\"intValue\":\"1\"}}]}}"));
        assertThat(rig.value(Map.of())).isEqualTo(parse("{\"kvlistValue\":{\"values\":[]}}"));
    }

    @Test
    void shouldWriteArraysWithinMapsWithinArrays() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("list", List.of("x", List.of(), 2));
        inner.put("漢", new int[] {3});

        assertThat(rig.value(List.of(inner, true)))
                .isEqualTo(parse("{\"arrayValue\":{\"values\":[{\"kvlistValue\":{\"values\":["
                        + "{\"key\":\"list\",\"value\":{\"arrayValue\":{\"values\":[{\"stringValue\":\"x\"},"
                        + "{\"arrayValue\":{\"values\":[]}},{\"intValue\":\"2\"}]}}},"
                        + "{\"key\":\"漢\",\"value\":{\"arrayValue\":{\"values\":[{\"intValue\":\"3\"}]}}}"
                        + "]}},{\"boolValue\":true}]}}"));
    }

    @Test
    @DisplayName("Logs: null value drops the key")
    void shouldLeaveOutWhatIsNullWithItsKey() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("first", null);
        attributes.put("a", 1);
        attributes.put("between", null);
        attributes.put("nested", Collections.singletonMap("gone", null));
        attributes.put("list", Arrays.asList(null, 1, null, 2, null));
        attributes.put("object", new Nothing());
        attributes.put("b", 2);
        attributes.put("last", null);

        JsonNode record = rig.record(log -> log.attributes(attributes));

        assertThat(record.get("attributes"))
                .isEqualTo(parse("[{\"key\":\"a\",\"value\":{\"intValue\":\"1\"}},"
                        + "{\"key\":\"nested\",\"value\":{\"kvlistValue\":{\"values\":[]}}},"
                        + "{\"key\":\"list\",\"value\":{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"},{\"intValue\":\"2\"}]}}},"
                        + "{\"key\":\"b\",\"value\":{\"intValue\":\"2\"}}]"));
    }

    @Test
    void shouldWriteAnObjectByItsMembers() {
        JsonNode members = rig.value(new Order()).at("/kvlistValue/values");
        Map<String, JsonNode> byKey = new HashMap<>();
        members.forEach(member -> byKey.put(member.get("key").textValue(), member.get("value")));

        assertThat(byKey).doesNotContainKey("nothing").hasSize(8);
        assertThat(byKey.get("id")).isEqualTo(parse("{\"intValue\":\"7\"}"));
        assertThat(byKey.get("name").get("stringValue").textValue()).isEqualTo("seven \"quoted\" 漢😀");
        assertThat(byKey.get("price")).isEqualTo(parse("{\"doubleValue\":2.5}"));
        assertThat(byKey.get("paid")).isEqualTo(parse("{\"boolValue\":true}"));
        assertThat(byKey.get("lines"))
                .isEqualTo(parse("{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"},{\"stringValue\":\"two\"}]}}"));
        assertThat(byKey.get("big")).isEqualTo(parse("{\"stringValue\":\"123456789012345678901234567890\"}"));
        assertThat(byKey.get("huge").get("stringValue").textValue()).startsWith("1");
        assertThat(byKey.get("empty")).isEqualTo(parse("{\"kvlistValue\":{\"values\":[]}}"));
    }

    @Test
    void shouldKeepTextApartAroundObjectsAndWideText() {
        JsonNode record = rig.record(log -> log.body("漢 body")
                .traceId(TRACE_ID)
                .attribute("😀", "wide")
                .attribute("o", new Order())
                .attribute("after", "text"));

        assertThat(record.get("body").get("stringValue").textValue()).isEqualTo("漢 body");
        assertThat(record.get("traceId").textValue()).isEqualTo(TRACE_ID);
        assertThat(LogRig.attribute(record, "😀").get("stringValue").textValue())
                .isEqualTo("wide");
        assertThat(LogRig.attribute(record, "after").get("stringValue").textValue())
                .isEqualTo("text");
    }

    @Test
    void shouldTakeNoKeyFromTheApplication() {
        for (String key : List.of("", " ", "\u0000", "level", "body", "traceId", "flags", "$lib", "$timestamp")) {
            JsonNode record = rig.record(log -> log.level(LogLevel.FATAL).attribute(key, "mine"));

            assertThat(record.get("attributes")).hasSize(1);
            assertThat(LogRig.attribute(record, key)).isEqualTo(parse("{\"stringValue\":\"mine\"}"));
            assertThat(record.get("severityNumber").intValue()).isEqualTo(21);
            assertThat(record.get("timeUnixNano").textValue()).startsWith("1772359204871");
        }
    }

    @Test
    void shouldStayWithinTheDepthThatTheServerReads() {
        Object object = new Order();
        Object value = Map.of("leaf", 1);
        for (int i = 0; i < 14; i++) {
            value = Map.of("k", value);
            object = Map.of("k", object);
        }
        // An object is given as many levels again.
        Map<String, Object> deep = new HashMap<>(Map.of("leaf", 1));
        for (int i = 0; i < 12; i++) {
            deep = new HashMap<>(Map.of("k", deep));
        }
        Object both = new Holder(deep);
        for (int i = 0; i < 14; i++) {
            both = Map.of("k", both);
        }

        assertThat(levels(rig.value(value))).isBetween(50, 100);
        assertThat(levels(rig.value(object))).isLessThan(110);
        assertThat(levels(rig.value(both))).isLessThan(110);
    }

    private static int levels(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, levels(child));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }

    @Test
    void shouldWriteWhateverItIsGiven() {
        TestSeed.run(random -> {
            for (int i = 0; i < 3_000; i++) {
                LogRecord.Builder log = LogRecord.builder(text(random) + ".");
                Map<String, Object> attributes = new LinkedHashMap<>();
                for (int n = random.nextInt(6); n > 0; n--) {
                    attributes.put(text(random), value(random, 0));
                }
                log.attributes(attributes).level(LogLevel.values()[random.nextInt(6)]);
                String traceId = random.nextBoolean() ? TRACE_ID : null;
                log.traceId(traceId);
                LogRecord given = log.build();

                rig.logs().captureLog(given);
                JsonNode record = rig.drain().get(0);

                assertThat(record.get("body").get("stringValue").textValue()).isEqualTo(given.body());
                assertThat(record.has("traceId")).isEqualTo(traceId != null);
                Map<String, JsonNode> expected = new LinkedHashMap<>();
                attributes.forEach((key, value) -> {
                    if (value != null) {
                        expected.put(key, expected(value));
                    }
                });
                Map<String, JsonNode> actual = new LinkedHashMap<>();
                record.get("attributes")
                        .forEach(each -> actual.put(each.get("key").textValue(), each.get("value")));
                assertThat(actual).isEqualTo(expected);
            }
        });
    }

    private static final String[] PIECES = {"a", "Z", "\"", "\\", "\n", "\u0001", "é", "漢", "😀", " ", "0123456789"};

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int alphabet = random.nextBoolean() ? 6 : PIECES.length;
        for (int n = random.nextInt(20); n > 0; n--) {
            text.append(PIECES[random.nextInt(alphabet)]);
        }
        return text.toString();
    }

    private static Object value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> text(random);
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> (random.nextInt(2_000) - 1_000) / 8.0;
            case 4 -> null;
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    map.put(text(random), value(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static JsonNode expected(Object value) {
        StringBuilder json = new StringBuilder();
        append(value, json);
        return parse(json.toString());
    }

    private static void append(Object value, StringBuilder json) {
        if (value instanceof String text) {
            json.append("{\"stringValue\":").append(quoted(text)).append('}');
        } else if (value instanceof Long number) {
            json.append("{\"intValue\":\"").append(number).append("\"}");
        } else if (value instanceof Boolean bool) {
            json.append("{\"boolValue\":").append(bool).append('}');
        } else if (value instanceof Double number) {
            json.append("{\"doubleValue\":").append(number).append('}');
        } else if (value instanceof List<?> items) {
            json.append("{\"arrayValue\":{\"values\":[");
            String comma = "";
            for (Object item : items) {
                if (item != null) {
                    json.append(comma);
                    append(item, json);
                    comma = ",";
                }
            }
            json.append("]}}");
        } else {
            json.append("{\"kvlistValue\":{\"values\":[");
            String comma = "";
            for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
                if (member.getValue() != null) {
                    json.append(comma).append("{\"key\":").append(quoted((String) member.getKey()));
                    json.append(",\"value\":");
                    append(member.getValue(), json);
                    json.append('}');
                    comma = ",";
                }
            }
            json.append("]}}");
        }
    }

    private static String quoted(String text) {
        return '"'
                + new String(com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance()
                        .quoteAsString(text))
                + '"';
    }

    @Test
    void shouldAgreeWithTheClockOfTheRig() {
        assertThat(rig.record(log -> {}).get("timeUnixNano").textValue())
                .isEqualTo(CaptureRig.NOW.toEpochMilli() + "000000");
    }
}
