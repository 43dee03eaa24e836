package dev.penstock.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.client.CaptureResult;
import dev.penstock.engine.encode.EventShape;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects an event has among its properties: {@code $set}, {@code $set_once}, {@code $unset}, {@code $groups}, {@code $group_set}. */
@Timeout(60)
class SpacesTest {

    private final CaptureRig rig = CaptureRig.bare();

    /** One that takes names and values. */
    private enum Space {
        SET("$set"),
        SET_ONCE("$set_once"),
        GROUP_SET("$group_set");

        private final String property;

        Space(String property) {
            this.property = property;
        }

        EventScratch put(EventScratch event, String name, Object value) {
            return switch (this) {
                case SET -> event.setPerson(name, value);
                case SET_ONCE -> event.setPersonOnce(name, value);
                case GROUP_SET -> event.setGroup(name, value);
            };
        }

        EventScratch putAll(EventScratch event, Map<String, ?> values) {
            return switch (this) {
                case SET -> event.setPerson(values);
                case SET_ONCE -> event.setPersonOnce(values);
                case GROUP_SET -> event.setGroup(values);
            };
        }
    }

    /** Fails half-way, as a map that another thread changes does. */
    private static final class FailingMap extends AbstractMap<String, Object> {

        private final int good;
        private final Throwable failure;

        FailingMap(int good, Throwable failure) {
            this.good = good;
            this.failure = failure;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < good; i++) {
                entries.put("good-" + i, i);
            }
            Iterator<Entry<String, Object>> before = entries.entrySet().iterator();
            return new java.util.AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return true;
                        }

                        @Override
                        public Entry<String, Object> next() {
                            if (before.hasNext()) {
                                return before.next();
                            }
                            if (failure instanceof Error error) {
                                throw error;
                            }
                            throw (RuntimeException) failure;
                        }
                    };
                }

                @Override
                public int size() {
                    return good + 1;
                }
            };
        }
    }

    private long replaced(Consumer<EventScratch> filling) {
        long before = rig.counters().valuesReplaced();
        rig.json(filling);
        return rig.counters().valuesReplaced() - before;
    }

    @Test
    void shouldWriteEachSpaceAsOneProperty() {
        String json = rig.json(e -> e.put("a", 1)
                .setPerson("email", "p77@example.org")
                .group("guild", "g-12")
                .setPersonOnce("signup_build", 101)
                .put("b", 2)
                .setPerson("level", 9)
                .unsetPerson("trial")
                .group("company", "northwind")
                .setGroup("name", "Night Shift")
                .unsetPerson("coupon"));

        assertThat(json)
                .endsWith("\"properties\":{\"$lib\":\"rig\",\"a\":1,\"b\":2,"
                        + "\"$set\":{\"email\":\"p77@example.org\",\"level\":9},"
                        + "\"$set_once\":{\"signup_build\":101},"
                        + "\"$unset\":[\"trial\",\"coupon\"],"
                        + "\"$groups\":{\"guild\":\"g-12\",\"company\":\"northwind\"},"
                        + "\"$group_set\":{\"name\":\"Night Shift\"}}}");
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheLastValueOfANameGivenTwiceInOneSpace(Space space) {
        JsonNode properties = rig.properties(e -> {
            space.put(e, "twice", 1);
            space.put(e, "漢", 1);
            space.put(e, "once", "text before the last");
            space.putAll(e, Map.of("twice", 2));
            space.put(e, "漢", 2);
            e.put("twice", "the event's own");
        });

        assertThat(properties.get(space.property))
                .isEqualTo(CaptureRig.parse("{\"twice\":2,\"漢\":2,\"once\":\"text before the last\"}"));
        assertThat(properties.get("twice").textValue()).isEqualTo("the event's own");
    }

    @Test
    void shouldKeepTheSpacesApart() {
        JsonNode properties = rig.properties(e -> e.setPerson("n", 1)
                .setPersonOnce("n", 2)
                .setGroup("n", 3)
                .group("n", "4")
                .unsetPerson("n")
                .put("n", 5));

        assertThat(properties)
                .isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"n\":5,\"$set\":{\"n\":1},\"$set_once\":{\"n\":2},"
                        + "\"$unset\":[\"n\"],\"$groups\":{\"n\":\"4\"},\"$group_set\":{\"n\":3}}"));
    }

    @Test
    void shouldNameAPropertyToRemoveOnce() {
        assertThat(rig.properties(e -> e.unsetPerson("a").unsetPerson("b").unsetPerson("a"))
                        .get("$unset"))
                .isEqualTo(CaptureRig.parse("[\"a\",\"b\"]"));
    }

    @Test
    void shouldKeepTheLastKeyOfAGroupType() {
        assertThat(rig.properties(e -> e.group("guild", "first").group("guild", "last"))
                        .get("$groups"))
                .isEqualTo(CaptureRig.parse("{\"guild\":\"last\"}"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReplaceAPropertyOfItsNameWhateverComesFirst(Space space) {
        for (boolean registered : new boolean[] {true, false}) {
            Consumer<EventScratch> property = e -> {
                if (registered) {
                    e.put(rig.registry().register(space.property), "a property");
                } else {
                    e.put(space.property, Map.of("a", "property"));
                }
            };
            Consumer<EventScratch> own = e -> space.put(e, "n", 1);

            assertThat(rig.properties(property.andThen(own)).get(space.property))
                    .isEqualTo(CaptureRig.parse("{\"n\":1}"));
            assertThat(rig.properties(own.andThen(property)).get(space.property))
                    .isEqualTo(CaptureRig.parse("{\"n\":1}"));
            assertThat(rig.properties(property).get(space.property)).isNotEqualTo(CaptureRig.parse("{\"n\":1}"));
        }
    }

    @Test
    void shouldReplaceGroupsAndUnsetThatAreProperties() {
        JsonNode properties = rig.properties(e -> e.unsetPerson("trial")
                .group("guild", "g-12")
                .put("$unset", List.of("other"))
                .put("$groups", "none"));

        assertThat(properties.get("$unset")).isEqualTo(CaptureRig.parse("[\"trial\"]"));
        assertThat(properties.get("$groups")).isEqualTo(CaptureRig.parse("{\"guild\":\"g-12\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$set", "$set_once", "$unset", "$groups", "$group_set"})
    void shouldLeaveAPropertyOfThatNameAloneIfNothingIsGivenAsSuch(String property) {
        assertThat(rig.properties(e -> e.put(property, Map.of("n", 1))).get(property))
                .isEqualTo(CaptureRig.parse("{\"n\":1}"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteValuesOfEveryKind(Space space) {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("list", Arrays.asList(1, null, "x"));
        nested.put("map", Map.of("deep", Map.of("$set", true)));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("null", null);
        values.put("nested", nested);
        values.put("empty", Map.of());
        values.put("wide", "漢字");
        values.put("lone", "a\ud800");
        values.put("nan", Double.NaN);

        assertThat(rig.properties(e -> space.putAll(e, values)).get(space.property))
                .isEqualTo(CaptureRig.parse("{\"null\":null,\"nested\":{\"list\":[1,null,\"x\"],"
                        + "\"map\":{\"deep\":{\"$set\":true}}},\"empty\":{},\"wide\":\"漢字\",\"lone\":\"a\ufffd\","
                        + "\"nan\":null}"));
        assertThat(replaced(e -> space.putAll(e, values))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropAndCountANullName(Space space) {
        Map<String, Object> values = new HashMap<>();
        values.put(null, "dropped");
        values.put("kept", 1);

        assertThat(replaced(e -> space.put(e, null, 1))).isEqualTo(1);
        assertThat(replaced(e -> space.putAll(e, values))).isEqualTo(1);
        assertThat(rig.properties(e -> space.putAll(space.put(e, null, 1), values))
                        .get(space.property))
                .isEqualTo(CaptureRig.parse("{\"kept\":1}"));
        assertThat(rig.properties(e -> space.put(e, null, 1)).has(space.property))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void shouldDropAndCountABlankNameToRemove(String name) {
        assertThat(replaced(e -> e.unsetPerson(name))).isEqualTo(1);
        assertThat(rig.properties(e -> e.unsetPerson(name)).has("$unset")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteNothingForMapsWithoutEntries(Space space) {
        assertThat(rig.properties(e -> space.putAll(space.putAll(e, null), Map.of()))
                        .has(space.property))
                .isFalse();
        assertThat(replaced(e -> space.putAll(e, null))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepWhatWasReadOfAMapThatThrows(Space space) {
        for (Throwable failure : List.of(new IllegalStateException("secret"), new StackOverflowError("secret"))) {
            JsonNode properties = rig.properties(e -> {
                space.putAll(e, new FailingMap(2, failure));
                e.put("after", 1);
            });

            assertThat(properties.get(space.property)).isEqualTo(CaptureRig.parse("{\"good-0\":0,\"good-1\":1}"));
            assertThat(properties.get("after").intValue()).isEqualTo(1);
            assertThat(replaced(e -> space.putAll(e, new FailingMap(0, failure))))
                    .isEqualTo(1);
        }
        assertThat(rig.warnings())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContain("secret"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteNullForAValueThatThrowsAndGoOnInTheSameSpace(Space space) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("before", 1);
        values.put("throwing", Map.of("list", List.of(1, new FailingMap(1, new AssertionError("of a value")))));
        values.put("after", 2);
        JsonNode properties = rig.properties(e -> {
            space.putAll(e, values);
            e.put("own", 3);
        });

        assertThat(properties.get(space.property).get("before").intValue()).isEqualTo(1);
        assertThat(properties.get(space.property).get("after").intValue()).isEqualTo(2);
        assertThat(properties.get("own").intValue()).isEqualTo(3);
        assertThat(replaced(e -> space.putAll(e, values))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCutAMapThatContainsItself(Space space) {
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("n", 1);
        self.put("self", self);

        assertThat(rig.properties(e -> space.putAll(e, self)).get(space.property))
                .isEqualTo(CaptureRig.parse("{\"n\":1,\"self\":null}"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopReadingAMapThatHasNoEnd(Space space) {
        int limit = 20_000;
        int far = 1_000_000;
        CaptureRig limited = CaptureRig.limited(limit);
        int[] read = {0};
        Map<String, Object> endless = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new java.util.AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return new Iterator<>() {
                            @Override
                            public boolean hasNext() {
                                return read[0] < far;
                            }

                            @Override
                            public Entry<String, Object> next() {
                                return new SimpleEntry<>("name-" + read[0]++, true);
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

        assertThat(space.putAll(limited.event(), endless).send()).isEqualTo(CaptureResult.TOO_LARGE);
        assertThat(read[0]).isLessThan(limit);
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteAnyNumberOfNames(Space space) {
        for (int count : new int[] {1, 159, 160, 161, 400}) {
            Map<String, Object> many = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                many.put("n" + i, i);
            }
            JsonNode written = rig.properties(e -> space.putAll(e, many)).get(space.property);

            assertThat(written).hasSize(count);
            assertThat(written.get("n" + (count - 1)).intValue()).isEqualTo(count - 1);
        }
    }

    @Test
    void shouldHaveTheSameSpacesInBothShapes() {
        CaptureRig options = CaptureRig.shaped(EventShape.OPTIONS, Map.of());
        Consumer<EventScratch> filling = e -> e.setPerson("$session_id", "of the person")
                .setPersonOnce("$process_person_profile", true)
                .unsetPerson("$lib")
                .group("distinct_id", "of the group")
                .setGroup("$window_id", 1);
        JsonNode event = options.tree(filling);

        assertThat(event.get("options")).isEmpty();
        assertThat(event.has("session_id")).isFalse();
        assertThat(event.get("properties"))
                .isEqualTo(CaptureRig.shaped(EventShape.PROPERTIES, Map.of()).properties(filling));
        assertThat(event.get("properties").get("$set").get("$session_id").textValue())
                .isEqualTo("of the person");
    }

    @Test
    void shouldForgetSpacesForTheNextEvent() {
        rig.json(e -> e.setPerson("a", 1).group("g", "k").unsetPerson("u"));

        assertThat(rig.properties(e -> e.put("a", 1))).isEqualTo(CaptureRig.parse("{\"$lib\":\"rig\",\"a\":1}"));
    }
}
