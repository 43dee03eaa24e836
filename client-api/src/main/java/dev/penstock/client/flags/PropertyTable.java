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
 * <p>Why it is shaped so: evaluating a flag is mostly looking properties up, two or three of them beside one hash. Names are
 * literals more often than not, so comparing references decides, and a few are found sooner by looking at each than by their
 * hashes. Names and values share one array, as each object that an evaluation reads may have to come from far away. More
 * properties have a table of places besides, without nodes. Guarded by {@code FlagEvaluationBenchmark}.
 *
 * <p><b>Threads:</b> immutable; any. <b>Allocation:</b> none to look up.
 */
final class PropertyTable extends AbstractMap<String, Object> {

    /** Up to this many are looked at one by one. */
    private static final int MAX_SCANNED = 4;

    static final PropertyTable EMPTY = copyOf(Map.of());

    /** Names, each before its value. */
    private final Object[] entries;

    /**
     * One more than the index of a name, at a place that its hash gives; zero where there is none. At most half full. Null if
     * names are scanned.
     */
    private final int[] places;

    private PropertyTable(Object[] entries) {
        this.entries = entries;
        this.places = entries.length <= 2 * MAX_SCANNED ? null : places(entries);
    }

    private static int[] places(Object[] entries) {
        int[] places = new int[Integer.highestOneBit(entries.length / 2) * 4];
        for (int i = 0; i < entries.length; i += 2) {
            int place = place((String) entries[i], places.length);
            while (places[place] != 0) {
                place = (place + 1) & (places.length - 1);
            }
            places[place] = i + 1;
        }
        return places;
    }

    /** The properties of a map, brought into the forms that matchers know; those that have none are left out. */
    static PropertyTable copyOf(Map<String, ?> properties) {
        int size = 0;
        Object[] entries = new Object[2 * properties.size()];
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            Object value = ContextValue.of(property.getValue());
            if (property.getKey() == null || value == ContextValue.UNUSABLE) {
                continue;
            }
            if (size == entries.length) { // a map that others write to may grow meanwhile
                entries = Arrays.copyOf(entries, 2 * size + 2);
            }
            entries[size] = property.getKey();
            entries[size + 1] = value;
            size += 2;
        }
        return new PropertyTable(size == entries.length ? entries : Arrays.copyOf(entries, size));
    }

    private static int place(String name, int places) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & (places - 1);
    }

    /** The index of a name, or -1. */
    private int indexOf(Object key) {
        int[] table = places;
        if (table == null) {
            return scan(key);
        }
        if (!(key instanceof String name)) {
            return -1;
        }
        int place = place(name, table.length);
        for (int found = table[place]; found != 0; found = table[place]) {
            if (entries[found - 1].equals(name)) {
                return found - 1;
            }
            place = (place + 1) & (table.length - 1);
        }
        return -1;
    }

    @SuppressWarnings("ReferenceEquality") // others are compared then
    private int scan(Object key) {
        Object[] all = entries;
        for (int i = 0; i < all.length; i += 2) {
            if (all[i] == key) {
                return i;
            }
        }
        for (int i = 0; i < all.length; i += 2) {
            if (all[i].equals(key)) {
                return i;
            }
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
        return index < 0 ? ifUnknown : entries[index + 1];
    }

    @Override
    public boolean containsKey(Object key) {
        return indexOf(key) >= 0;
    }

    @Override
    public int size() {
        return entries.length / 2;
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
                return entries.length / 2;
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < entries.length;
        }

        @Override
        public Entry<String, Object> next() {
            if (next == entries.length) {
                throw new NoSuchElementException();
            }
            // Map.entry takes no null, which is a value here.
            Entry<String, Object> entry = new SimpleImmutableEntry<>((String) entries[next], entries[next + 1]);
            next += 2;
            return entry;
        }
    }
}
