package dev.penstock.client.segment;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A view of a caller's map under other names. It reads the map only while it is read itself, by the client, which knows what
 * to do when a map or a name throws.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> an entry for each entry.
 */
final class RenamedProperties extends AbstractMap<Object, Object> {

    private final Map<?, ?> properties;
    private final UnaryOperator<String> names;

    RenamedProperties(Map<?, ?> properties, UnaryOperator<String> names) {
        this.properties = properties;
        this.names = names;
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return new Entries();
    }

    private Object renamed(Object name) {
        if (name instanceof String text) {
            return names.apply(text);
        }
        return name == null ? null : new Name(name);
    }

    /** Names that are not text become text when somebody asks. */
    private final class Name {

        private final Object name;

        Name(Object name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return names.apply(Objects.requireNonNull(name.toString(), "a property's name"));
        }
    }

    private final class Entries extends AbstractSet<Entry<Object, Object>> {

        @Override
        public Iterator<Entry<Object, Object>> iterator() {
            Iterator<? extends Entry<?, ?>> entries = properties.entrySet().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public Entry<Object, Object> next() {
                    Entry<?, ?> entry = entries.next();
                    return new SimpleImmutableEntry<>(renamed(entry.getKey()), entry.getValue());
                }
            };
        }

        @Override
        public int size() {
            return properties.size();
        }
    }
}
