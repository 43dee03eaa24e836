package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializer;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ObjectSerializerTest {

    private final CaptureRig rig = CaptureRig.bare();

    /** A bean as users write them. */
    @JsonPropertyOrder({"name", "count", "ratio"})
    public static final class PublicBean {
        public String getName() {
            return "bean";
        }

        public int getCount() {
            return 3;
        }

        public double getRatio() {
            return 0.5;
        }
    }

    @JsonPropertyOrder({"name", "count"})
    static final class HiddenBean {
        public String getName() {
            return "hidden";
        }

        public int getCount() {
            return 4;
        }
    }

    static final class Numbers {
        public double nan = Double.NaN;
        public float infinite = Float.NEGATIVE_INFINITY;
        public double fine = 1.5;
    }

    static final class Arrays {
        public double[] doubles = {Double.NaN, 1};
        public float[] floats = {Float.NaN, 1};
        public Double[] boxed = {Double.NaN, 1.0};
    }

    @JsonPropertyOrder({"instant", "offset"})
    static final class Times {
        public Instant instant = Instant.parse("2026-03-01T10:00:04.871Z");
        public OffsetDateTime offset = OffsetDateTime.parse("2025-03-09T14:00:00-07:00");
    }

    static final class Cyclic {
        public Cyclic self = this;
    }

    static final class Node {
        public Node next;
    }

    static final class Failing {
        @SuppressWarnings("DoNotCallSuggester")
        public String getValue() {
            throw new IllegalStateException("secret text");
        }
    }

    static final class Endless {
        public Iterable<String> getItems() {
            return () -> java.util.stream.Stream.generate(() -> "item").iterator();
        }
    }

    /** As fractions of well-known libraries do. */
    static final class Fraction extends Number {
        private static final long serialVersionUID = 1L;

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return 0.5f;
        }

        @Override
        public double doubleValue() {
            return 0.5;
        }

        @Override
        public String toString() {
            return "1/2";
        }
    }

    private List<String> writersOf(Class<?> type) throws Exception {
        SerializerProvider provider = rig.objects().mapping().mapper().getSerializerProviderInstance();
        JsonSerializer<Object> serializer = provider.findValueSerializer(type);
        assertThat(serializer).isInstanceOf(BeanSerializer.class);
        List<String> writers = new ArrayList<>();
        for (var properties = serializer.properties(); properties.hasNext(); ) {
            PropertyWriter writer = properties.next();
            writers.add(writer.getName() + " by " + writer.getClass().getName());
        }
        return writers;
    }

    @Test
    void shouldReadBeansThroughAfterburnersGeneratedAccessors() throws Exception {
        assertThat(rig.valueText(e -> e.put("k", new PublicBean())))
                .isEqualTo("{\"name\":\"bean\",\"count\":3,\"ratio\":0.5}");

        String generated = "com.fasterxml.jackson.module.afterburner.ser.";
        assertThat(writersOf(PublicBean.class))
                .contains(
                        "name by " + generated + "StringMethodPropertyWriter",
                        "count by " + generated + "IntMethodPropertyWriter");
        // Still there after use: an accessor that fails is replaced by reflection.
        assertThat(accessorOf(PublicBean.class, "count")).contains("PublicBean$Access4JacksonSerializer");
    }

    private String accessorOf(Class<?> type, String property) throws Exception {
        SerializerProvider provider = rig.objects().mapping().mapper().getSerializerProviderInstance();
        JsonSerializer<Object> serializer = provider.findValueSerializer(type);
        for (var properties = serializer.properties(); properties.hasNext(); ) {
            PropertyWriter writer = properties.next();
            if (writer.getName().equals(property)) {
                Class<?> optimized =
                        Class.forName("com.fasterxml.jackson.module.afterburner.ser.OptimizedBeanPropertyWriter");
                var broken = optimized.getDeclaredField("broken");
                broken.setAccessible(true);
                assertThat(broken.getBoolean(writer)).isFalse();
                var accessor = optimized.getDeclaredField("_propertyAccessor");
                accessor.setAccessible(true);
                return accessor.get(writer).getClass().getName();
            }
        }
        throw new AssertionError("no property " + property);
    }

    @Test
    void shouldReadBeansOfHiddenClassesWithoutNoise() {
        Logger logger = Logger.getLogger("com.fasterxml.jackson.module.afterburner");
        List<String> noise = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                noise.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        boolean toParents = logger.getUseParentHandlers();
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            assertThat(rig.valueText(e -> e.put("k", new HiddenBean()))).isEqualTo("{\"name\":\"hidden\",\"count\":4}");
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(toParents);
        }
        assertThat(noise).isEmpty();
    }

    @Test
    void shouldWriteNullForNumbersThatAreNotFinite() {
        assertThat(CaptureRig.parse(rig.valueText(e -> e.put("k", new Numbers()))))
                .isEqualTo(CaptureRig.parse("{\"nan\":null,\"infinite\":null,\"fine\":1.5}"));
    }

    @Test
    void shouldWriteNullForNumbersThatAreNotFiniteWithinArrays() {
        assertThat(CaptureRig.parse(rig.valueText(e -> e.put("k", new Arrays()))))
                .isEqualTo(CaptureRig.parse("{\"doubles\":[null,1.0],\"floats\":[null,1.0],\"boxed\":[null,1.0]}"));
    }

    // NaN and infinities become null and are counted.
    @Test
    void shouldCountNumbersThatAreNotFinite() {
        rig.json(e -> e.put("k", new Numbers()));

        assertThat(rig.counters().valuesReplaced()).isEqualTo(2);
    }

    @Test
    void shouldWriteTimesInUtc() {
        assertThat(rig.valueText(e -> e.put("k", new Times())))
                .isEqualTo("{\"instant\":\"2026-03-01T10:00:04.871Z\",\"offset\":\"2025-03-09T21:00:00Z\"}");
    }

    @Test
    void shouldReplaceObjectsThatCannotBeSerialized() {
        assertThat(rig.valueText(e -> e.put("k", List.of(1, new Cyclic(), 2)))).isEqualTo("[1,null,2]");
        assertThat(rig.valueText(e -> e.put("k", new Failing()))).isEqualTo("null");
        assertThat(rig.valueText(e -> e.put("k", new Endless()))).isEqualTo("null");
        assertThat(rig.counters().valuesReplaced()).isEqualTo(3);
    }

    @Test
    void shouldNotHoldOneBadObjectAgainstItsClass() {
        Node good = new Node();
        Node bad = new Node();
        bad.next = bad;

        assertThat(rig.valueText(e -> e.put("k", good))).isEqualTo("{\"next\":null}");
        assertThat(rig.valueText(e -> e.put("k", bad))).isEqualTo("null");
        assertThat(rig.valueText(e -> e.put("k", good))).isEqualTo("{\"next\":null}");
    }

    @Test
    void shouldNameAClassThatFailsOnce() {
        for (int i = 0; i < 5; i++) {
            rig.json(e -> e.put("k", new Failing()));
            rig.errors().report(i + 1);
        }
        rig.json(e -> e.put("k", new Cyclic()));
        rig.errors().report(10);

        assertThat(rig.logger().lines()).hasSize(2);
        assertThat(rig.logger().lines()).allMatch(line -> line.level() == Level.WARNING);
        assertThat(rig.logger().lines().get(0).message())
                .contains(Failing.class.getName())
                .doesNotContain("secret");
        assertThat(rig.logger().lines().get(1).message()).contains(Cyclic.class.getName());
    }

    @Test
    void shouldWriteOnlyJsonForNumbersOfOtherKinds() {
        DoubleAdder sum = new DoubleAdder();
        sum.add(Double.NaN);

        // valueText parses what was written.
        assertThat(rig.valueText(e -> e.put("k", new Fraction()))).isNotEqualTo("1/2");
        assertThat(rig.valueText(e -> e.put("k", sum))).isNotEqualTo("NaN");
    }

    @Test
    void shouldWriteAnObjectWithoutPropertiesAsAnEmptyOne() {
        assertThat(rig.valueText(e -> e.put("k", new Object()))).isEqualTo("{}");
    }

    @Test
    void shouldKeepWideTextOfObjects() {
        assertThat(rig.valueText(e -> e.put("k", new Text("é漢😀\ud800\"")))).isEqualTo("{\"text\":\"é漢😀\ufffd\\\"\"}");
        assertThat(rig.valueText(e -> e.put("k", new Text("é")))).isEqualTo("{\"text\":\"é\"}");
    }

    static final class Text {
        public final String text;

        Text(String text) {
            this.text = text;
        }
    }
}
