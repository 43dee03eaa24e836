package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenamedPropertiesTest {

    private final List<String> asked = new ArrayList<>();

    private RenamedProperties renamed(Map<?, ?> properties) {
        return new RenamedProperties(properties, name -> {
            asked.add(name);
            return "new " + name;
        });
    }

    @Test
    void shouldGiveEachEntryItsNewNameInOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", null);
        RenamedProperties view = renamed(map);

        assertThat(asked).isEmpty();
        assertThat(view).hasSize(2);
        assertThat(new ArrayList<>(view.keySet())).containsExactly("new b", "new a");
        assertThat(new ArrayList<>(view.values())).containsExactly(1, null);
        assertThat(asked).contains("b", "a");
    }

    @Test
    void shouldLeaveNamesThatAreNoTextUntilSomebodyAsks() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(7, "seven");
        map.put(null, "none");
        List<Object> names = new ArrayList<>();
        renamed(map).forEach((name, value) -> names.add(name));

        assertThat(asked).isEmpty();
        assertThat(names.get(0)).hasToString("new 7");
        assertThat(names.get(1)).isNull();
    }

    @Test
    void shouldThrowOnlyWhereTheMapThrows() {
        Object bad = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("name");
            }
        };
        Map<Object, Object> map = new HashMap<>();
        map.put(bad, 1);
        List<Object> names = new ArrayList<>();
        renamed(map).forEach((name, value) -> names.add(name));
        RenamedProperties throwing = renamed(new AbstractMap<>() {
            @Override
            public Set<Entry<Object, Object>> entrySet() {
                throw new IllegalStateException("map");
            }
        });

        assertThatThrownBy(() -> names.get(0).toString()).hasMessage("name");
        assertThatThrownBy(() -> throwing.entrySet().iterator()).hasMessage("map");
    }
}
