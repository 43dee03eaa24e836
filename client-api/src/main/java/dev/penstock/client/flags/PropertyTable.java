package dev.penstock.client.flags;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Properties by name, unmodifiable and in the order given.
 *
 * <p>Why it is shaped so: evaluating a flag is mostly looking properties up, two or three of them beside one hash. This table
 * answers in half the time of a {@code LinkedHashMap} behind an unmodifiable view: one array of places, no nodes, and names are
 * literals more often than not, so that comparing references decides. Guarded by {@code FlagEvaluationBenchmark}.
 *
 * <p><b>Threads:</b> immutable; any. <b>Allocation:</b> none to look up.
 */
final class PropertyTable extends AbstractMap<String, Object> {

    static final PropertyTable EMPTY = copyOf(Map.of());

    private final String[] names;
    private final Object[] values;

    /** One more than the index of a name, at a place that its hash gives; zero where there is none. At most half full. */
    private final int[] places;

    private PropertyTable(String[] names, Object[] values) {
        this.names = names;
        this.values = values;
        this.places = new int[Integer.highestOneBit(Math.max(1, names.length)) * 4];
        for (int i = 0; i < names.length; i++) {
            int place = place(names[i]);
            while (places[place] != 0) {
                place = (place + 1) & (places.length - 1);
            }
            places[place] = i + 1;
        }
    }

    /** The properties of a map, brought into the forms that matchers know; those that have none are left out. */
    static PropertyTable copyOf(Map<String, ?> properties) {
        int size = 0;
        String[] names = new String[properties.size()];
        Object[] values = new Object[names.length];
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            Object value = ContextValue.of(property.getValue());
            if (property.getKey() == null || value == ContextValue.UNUSABLE) {
                continue;
            }
            if (size == names.length) { // a map that others write to may grow meanwhile
                names = Arrays.copyOf(names, 2 * size + 1);
                values = Arrays.copyOf(values, 2 * size + 1);
            }
            names[size] = property.getKey();
            values[size++] = value;
        }
        return size == names.length
                ? new PropertyTable(names, values)
                : new PropertyTable(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }

    private int place(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & (places.length - 1);
    }

    /** The index of a name, or -1. */
    private int indexOf(Object key) {
        if (!(key instanceof String name)) {
            return -1;
        }
        int[] table = places;
        int place = place(name);
        for (int found = table[place]; found != 0; found = table[place]) {
            if (names[found - 1].equals(name)) {
                return found - 1;
            }
            place = (place + 1) & (table.length - 1);
        }
        return -1;
    }

    @Override
    public Object get(Object key) {
        return getOrDefault(key, null);
    }

    @Override
    public Object getOrDefault(Object key, Object ifUnknown) {
        int index = indexOf(key);
        return index < 0 ? ifUnknown : values[index];
    }

    @Override
    public boolean containsKey(Object key) {
        return indexOf(key) >= 0;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Entry<String, Object> next() {
            if (next == names.length) {
                throw new NoSuchElementException();
            }
            // Map.entry takes no null, which is a value here.
            Entry<String, Object> entry = new SimpleImmutableEntry<>(names[next], values[next]);
            next++;
            return entry;
        }
    }
}
