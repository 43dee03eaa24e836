package dev.penstock.client.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropertyTableTest {

    private static Map<String, Object> numbered(int size) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            properties.put("property " + i, (long) i);
        }
        return properties;
    }

    @Test
    void shouldBeTheMapItWasMadeOf() {
        for (int size : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 100, 1_000}) {
            Map<String, Object> properties = numbered(size);
            PropertyTable table = PropertyTable.copyOf(properties);

            assertThat(table).isEqualTo(properties).hasSize(size);
            assertThat(table.keySet()).containsExactlyElementsOf(properties.keySet());
            properties.forEach((name, value) -> {
                assertThat(table.get(name)).isEqualTo(value);
                assertThat(table.get(String.valueOf(name.toCharArray()))).isEqualTo(value);
            });
            assertThat(table.get("property " + size)).isNull();
        }
    }

    @Test
    void shouldFindNamesOfTheSameHash() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : new String[] {"AaAa", "BBBB", "AaBB", "BBAa"}) {
            properties.put(name, name);
        }
        PropertyTable table = PropertyTable.copyOf(properties);

        properties.forEach((name, value) -> assertThat(table.get(name)).isEqualTo(value));
        assertThat(table.containsKey("CcAa")).isFalse();
    }

    @Test
    void shouldTellNullFromUnknown() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("known", null);
        PropertyTable table = PropertyTable.copyOf(properties);

        assertThat(table.getOrDefault("known", "other")).isNull();
        assertThat(table.getOrDefault("unknown", "other")).isEqualTo("other");
        assertThat(table.containsKey("known")).isTrue();
        assertThat(table.getOrDefault(null, "other")).isEqualTo("other");
    }

    @Test
    void shouldTakeWhatAGrowingMapHolds() {
        Map<String, Object> growing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                Set<Entry<String, Object>> entries = numbered(10).entrySet();
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return entries.iterator();
                    }

                    @Override
                    public int size() {
                        return 2;
                    }
                };
            }
        };

        assertThat(PropertyTable.copyOf(growing)).isEqualTo(numbered(10));
    }

    @Test
    void shouldRefuseChanges() {
        PropertyTable table = PropertyTable.copyOf(Map.of("a", 1));

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> table.put("b", 2));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(table::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> table.remove("a"));
    }
}
