package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueWriterTest {

    private final CaptureRig rig = CaptureRig.bare();

    private enum Colour {
        RED {
            @Override
            public String toString() {
                return "not the name";
            }
        }
    }

    private record Point(int x, Object y) {}

    private record Empty() {}

    @SuppressWarnings("UnusedMethod") // its accessor is called by reflection
    private record Broken(int fine, String broken) {
        @Override
        public String broken() {
            throw new IllegalStateException("accessor");
        }
    }

    /** For values whose text is the same wherever they stand. */
    @SuppressWarnings("JdkObsolete")
    static Stream<Arguments> values() throws Exception {
        UUID uuid = UUID.fromString("0195514d-6f10-7c3a-9d2e-5b1f0a7c4e21");
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put(2, null);
        map.put(Colour.RED, List.of());
        return Stream.of(
                arguments(null, "null"),
                arguments("text", "\"text\""),
                arguments("", "\"\""),
                arguments('c', "\"c\""),
                arguments('\ud800', "\"\ufffd\""),
                arguments(CharBuffer.wrap("built"), "\"built\""),
                arguments(true, "true"),
                arguments(false, "false"),
                arguments((byte) -1, "-1"),
                arguments((short) 300, "300"),
                arguments(42, "42"),
                arguments(Long.MAX_VALUE, "9223372036854775807"),
                arguments(Long.MIN_VALUE, "-9223372036854775808"),
                arguments(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
                arguments(2.35, "2.35"),
                arguments(-0.0, "-0.0"),
                arguments(0.1f, "0.1"),
                arguments(new BigDecimal("0.10"), "0.10"),
                arguments(new BigDecimal("1E+3"), "1000"),
                arguments(new BigDecimal("-1E-7"), "-0.0000001"),
                arguments(new AtomicInteger(7), "7"),
                arguments(new AtomicLong(8), "8"),
                arguments(new AtomicBoolean(true), "true"),
                arguments(Instant.parse("2026-03-01T10:00:04.120Z"), "\"2026-03-01T10:00:04.12Z\""),
                arguments(new Date(1_772_359_204_871L), "\"2026-03-01T10:00:04.871Z\""),
                arguments(OffsetDateTime.parse("2025-03-09T14:00:00-07:00"), "\"2025-03-09T21:00:00Z\""),
                arguments(
                        ZonedDateTime.parse("2025-07-09T14:00:00.5+02:00[Europe/Paris]"), "\"2025-07-09T12:00:00.5Z\""),
                arguments(Instant.MAX, "\"" + Instant.MAX + "\""),
                arguments(LocalDate.of(2026, 3, 1), "\"2026-03-01\""),
                arguments(LocalTime.of(10, 0), "\"10:00\""),
                arguments(LocalDateTime.of(2026, 3, 1, 10, 0, 4), "\"2026-03-01T10:00:04\""),
                arguments(Duration.ofSeconds(90), "\"PT1M30S\""),
                arguments(Period.ofDays(3), "\"P3D\""),
                arguments(Year.of(2026), "\"2026\""),
                arguments(YearMonth.of(2026, 3), "\"2026-03\""),
                arguments(uuid, "\"" + uuid + "\""),
                arguments(URI.create("https://example.org/a?b=c"), "\"https://example.org/a?b=c\""),
                arguments(new URL("https://example.org/"), "\"https://example.org/\""),
                arguments(Path.of("a", "b"), "\"" + Path.of("a", "b") + "\""),
                arguments(Locale.CANADA_FRENCH, "\"fr_CA\""),
                arguments(Colour.RED, "\"RED\""),
                arguments(Optional.of(3), "3"),
                arguments(Optional.empty(), "null"),
                arguments(Optional.of(Optional.of("deep")), "\"deep\""),
                arguments(OptionalInt.of(4), "4"),
                arguments(OptionalLong.of(5), "5"),
                arguments(OptionalDouble.of(6.5), "6.5"),
                arguments(OptionalInt.empty(), "null"),
                arguments(OptionalLong.empty(), "null"),
                arguments(OptionalDouble.empty(), "null"),
                arguments(new byte[] {1, 2, (byte) 0xff}, "\"AQL/\""),
                arguments(new int[] {1, 2}, "[1,2]"),
                arguments(new double[] {0.5}, "[0.5]"),
                arguments(new boolean[] {true}, "[true]"),
                arguments(new char[] {'a'}, "[\"a\"]"),
                arguments(new Object[] {"a", null, 'b'}, "[\"a\",null,\"b\"]"),
                arguments(new int[][] {{1}, {}}, "[[1],[]]"),
                arguments(Arrays.asList(1, null, "three"), "[1,null,\"three\"]"),
                arguments(new LinkedHashSet<>(List.of("b", "a")), "[\"b\",\"a\"]"),
                arguments(map, "{\"a\":1,\"2\":null,\"not the name\":[]}"),
                arguments(new Point(1, List.of(2)), "{\"x\":1,\"y\":[2]}"),
                arguments(new Empty(), "{}"),
                arguments(new ObjectSerializerTest.PublicBean(), "{\"name\":\"bean\",\"count\":3,\"ratio\":0.5}"));
    }

    // In every place a value can stand.
    @ParameterizedTest
    @MethodSource("values")
    void shouldWriteAValueByItsRule(Object value, String json) {
        PropertyKey key = rig.keys().register("k");
        Map<String, Object> properties = new HashMap<>();
        properties.put("k", value);

        assertThat(rig.valueText(e -> e.put("k", value))).isEqualTo(json);
        assertThat(rig.valueText(e -> e.put(key, value))).isEqualTo(json);
        assertThat(rig.valueText(e -> e.putAll(properties))).isEqualTo(json);
        assertThat(rig.valueText(e -> e.put("k", properties))).isEqualTo("{\"k\":" + json + "}");
        assertThat(rig.valueText(e -> e.put("k", Collections.singletonList(value))))
                .isEqualTo("[" + json + "]");
        assertThat(rig.counters().valuesReplaced()).isZero();
    }

    static Stream<Object> notFinite() {
        return Stream.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                OptionalDouble.of(Double.NaN));
    }

    @ParameterizedTest
    @MethodSource("notFinite")
    void shouldWriteNullForWhatIsNotFiniteAndCountIt(Object value) {
        assertThat(rig.valueText(e -> e.put("k", value))).isEqualTo("null");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(1);
    }

    @Test
    void shouldWriteNullForPrimitivesThatAreNotFinite() {
        PropertyKey key = rig.keys().register("k");

        assertThat(rig.valueText(e -> e.put("k", Double.NaN))).isEqualTo("null");
        assertThat(rig.valueText(e -> e.put(key, Double.NEGATIVE_INFINITY))).isEqualTo("null");
        assertThat(rig.valueText(e -> e.put("k", Float.NaN))).isEqualTo("null");
        assertThat(rig.valueText(e -> e.put(key, Float.POSITIVE_INFINITY))).isEqualTo("null");
        assertThat(rig.valueText(e -> e.put("k", new double[] {Double.NaN, 1}))).isEqualTo("[null,1.0]");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+1000000000", "1E-1000000000", "-7E+2147483647"})
    void shouldNotSpellOutAHugeScale(String number) {
        String json = rig.valueText(e -> e.put("k", new BigDecimal(number)));

        assertThat(json).isEqualTo(new BigDecimal(number).toString()).hasSizeLessThan(20);
    }

    private static Object nested(int levels, boolean maps) {
        Object value = "leaf";
        for (int i = 0; i < levels; i++) {
            value = maps ? Map.of("m", value) : List.of(value);
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepSixteenLevelsAndCutTheSeventeenth(boolean maps) {
        String kept = rig.valueText(e -> e.put("k", nested(16, maps)));
        assertThat(kept).contains("leaf");
        assertThat(rig.counters().valuesReplaced()).isZero();

        String cut = rig.valueText(e -> e.put("k", nested(17, maps)));
        assertThat(cut).isEqualTo(kept.replace("\"leaf\"", "null"));
        assertThat(rig.counters().valuesReplaced()).isEqualTo(1);
    }

    @Test
    void shouldCountLevelsAlikeForPropertiesOfAMap() {
        assertThat(rig.valueText(e -> e.putAll(Map.of("k", nested(16, false)))))
                .isEqualTo(rig.valueText(e -> e.put("k", nested(16, false))));
        assertThat(rig.counters().valuesReplaced()).isZero();
    }

    @Test
    void shouldCutCycles() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("self", map);
        map.put("b", 2);
        List<Object> list = new ArrayList<>(List.of("x"));
        list.add(list);
        Object[] array = new Object[2];
        array[0] = new Point(1, array);

        assertThat(rig.valueText(e -> e.put("k", map))).isEqualTo("{\"a\":1,\"self\":null,\"b\":2}");
        assertThat(rig.valueText(e -> e.put("k", list))).isEqualTo("[\"x\",null]");
        assertThat(rig.valueText(e -> e.put("k", array))).isEqualTo("[{\"x\":1,\"y\":null},null]");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(3);
        assertThat(rig.properties(e -> e.putAll(map)).get("self").isNull()).isTrue();
        assertThat(rig.counters().valuesReplaced()).isEqualTo(4);
    }

    @Test
    void shouldWriteTheSameObjectTwiceSideBySide() {
        List<Integer> shared = List.of(1);

        assertThat(rig.valueText(e -> e.put("k", List.of(shared, shared)))).isEqualTo("[[1],[1]]");
        assertThat(rig.counters().valuesReplaced()).isZero();
    }

    /** A map whose iteration fails after some entries. */
    private static Map<String, Object> failingMap(int entries, Throwable failure) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new java.util.AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return new Iterator<>() {
                            private int next;

                            @Override
                            public boolean hasNext() {
                                return true;
                            }

                            @Override
                            public Entry<String, Object> next() {
                                if (next == entries) {
                                    ValueWriterTest.<RuntimeException>sneakyThrow(failure);
                                }
                                return Map.entry("key " + next, next++);
                            }
                        };
                    }

                    @Override
                    public int size() {
                        return Integer.MAX_VALUE;
                    }
                };
            }
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneakyThrow(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void shouldReplaceAMapThatThrowsAndKeepItsNeighbours() {
        assertThat(rig.valueText(e -> e.put("k", Arrays.asList(1, failingMap(3, new IllegalStateException()), 2))))
                .isEqualTo("[1,null,2]");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(1);
    }

    @Test
    void shouldKeepThePropertiesReadBeforeTheirMapThrew() {
        var properties = rig.properties(e -> e.put("before", 1)
                .putAll(failingMap(2, new OutOfMemoryError("simulated")))
                .put("after", 2));

        assertThat(properties)
                .isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"before\":1,\"key 0\":0,\"key 1\":1,\"after\":2}"));
        assertThat(rig.counters().valuesReplaced()).isEqualTo(1);
    }

    private static CharSequence failingText(Throwable failure) {
        return new CharSequence() {
            @Override
            public int length() {
                ValueWriterTest.<RuntimeException>sneakyThrow(failure);
                return 0;
            }

            @Override
            public char charAt(int index) {
                return 'x';
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return this;
            }

            @Override
            public String toString() {
                ValueWriterTest.<RuntimeException>sneakyThrow(failure);
                return "";
            }
        };
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("simulated"),
                new StackOverflowError("simulated"),
                new OutOfMemoryError("simulated"),
                new NoClassDefFoundError("simulated"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldReplaceAValueWhoseTextThrows(Throwable failure) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("fine", 1);
        map.put("broken", failingText(failure));
        map.put(failingText(failure), "dropped");
        map.put("also fine", 2);

        assertThat(rig.valueText(e -> e.put("k", map))).isEqualTo("{\"fine\":1,\"broken\":null,\"also fine\":2}");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(2);
    }

    @Test
    void shouldSurviveARealStackOverflow() {
        Object endless = new CharSequence() {
            @Override
            public int length() {
                return toString().length();
            }

            @Override
            public char charAt(int index) {
                return 'x';
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return this;
            }

            @Override
            public String toString() {
                return "x" + length();
            }
        };

        assertThat(rig.valueText(e -> e.put("k", List.of(1, endless, 2)))).isEqualTo("[1,null,2]");
    }

    @Test
    void shouldNotThrowForATimestampWhoseReadingThrows() {
        assertThat(rig.properties(e -> e.put("$timestamp", failingText(new IllegalStateException("simulated"))))
                        .get("$timestamp")
                        .isNull())
                .isTrue();
    }

    @Test
    void shouldReplaceARecordComponentThatThrows() {
        assertThat(rig.valueText(e -> e.put("k", new Broken(1, "x")))).isEqualTo("{\"fine\":1,\"broken\":null}");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(1);
    }

    @Test
    void shouldDropNullKeysAndCountThem() {
        Map<String, Object> map = new HashMap<>();
        map.put(null, 1);
        map.put("k", 2);

        assertThat(rig.valueText(e -> e.putAll(map))).isEqualTo("2");
        assertThat(rig.valueText(e -> e.put("k", map))).isEqualTo("{\"k\":2}");
        assertThat(rig.valueText(e ->
                        e.put((String) null, 1).put((PropertyKey) null, "x").put("k", 3)))
                .isEqualTo("3");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(4);
    }

    @Test
    void shouldEndAnEndlessIterable() {
        Iterable<Object> endless = () -> Stream.generate(() -> (Object) "item").iterator();
        Iterable<Object> nothing = () -> Stream.generate(() -> (Object) null).iterator();

        assertThat(rig.event().put("k", endless).send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(rig.event().put("k", nothing).send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(rig.event().put("k", List.of(endless, nothing)).send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(rig.valueText(e -> e.put("k", 1))).isEqualTo("1");
    }

    @Test
    void shouldStopReadingAMapThatIsTooLarge() {
        int bound = 3_000_000;
        AtomicInteger pulled = new AtomicInteger();
        Map<String, Object> large = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new java.util.AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return Stream.generate(() -> Map.entry("k" + pulled.incrementAndGet(), (Object) 1))
                                .limit(bound)
                                .iterator();
                    }

                    @Override
                    public int size() {
                        return bound;
                    }
                };
            }
        };

        assertThat(rig.event().put("k", large).send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(pulled.getAndSet(0)).isLessThan(bound);
        assertThat(rig.event().putAll(large).send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(pulled.get()).isLessThan(bound);
    }

    @Test
    void shouldLetAValueCaptureWhileItIsRead() {
        Object nosy = new StringBuilderLike(() -> assertThat(
                        rig.event().event("inner").put("from", "toString").send())
                .isEqualTo(CaptureResult.ACCEPTED));

        assertThat(rig.event()
                        .event("outer")
                        .put("a", 1)
                        .put("k", nosy)
                        .put("z", 2)
                        .send())
                .isEqualTo(CaptureResult.ACCEPTED);

        List<String> events = rig.drain();
        assertThat(events).hasSize(2);
        assertThat(CaptureRig.parse(events.get(0)).get("event").textValue()).isEqualTo("inner");
        assertThat(CaptureRig.parse(events.get(1)).get("properties"))
                .isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"a\":1,\"k\":\"read\",\"z\":2}"));
    }

    private record StringBuilderLike(Runnable onRead) implements CharSequence {
        @Override
        public int length() {
            return 4;
        }

        @Override
        public char charAt(int index) {
            return "read".charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return "read".subSequence(start, end);
        }

        @Override
        public String toString() {
            onRead.run();
            return "read";
        }
    }

    @Test
    void shouldNoteWhatThrewWithoutItsContent() {
        rig.json(e -> e.put("secret key", failingText(new IllegalStateException("secret text"))));
        rig.errors().report(1);

        assertThat(rig.logger().lines()).hasSize(1);
        assertThat(rig.logger().lines().get(0).message())
                .contains("IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void shouldReadEverythingDuringTheCall() {
        Map<String, Object> map = new HashMap<>(Map.of("k", 1));
        assertThat(rig.valueText(e -> {
                    e.putAll(map);
                    map.put("k", 2);
                }))
                .isEqualTo("1");
    }
}
