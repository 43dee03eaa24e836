package dev.penstock.client.segment;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The members of a context while it is built. A member that has a setter of its own wins over a custom one of that name,
 * whichever came first.
 *
 * <p><b>Threads:</b> one thread at a time.
 */
final class ContextMembers {

    /** The client's own. */
    private static final String LIBRARY = "library";

    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, Members> objects = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    /** Writes a custom member, null as a value included. */
    void putCustom(String name, Object value) {
        if (!LIBRARY.equals(name) && !known.contains(name)) {
            members.put(name, value);
        }
    }

    /** Writes a member that has a setter, or nothing if the value is null or empty. */
    void putKnown(String name, Object value) {
        if (isPresent(value)) {
            known.add(name);
            members.put(name, value);
        }
    }

    /** Writes a member of a nested object that has setters, or nothing if the value is null or empty. */
    void putKnown(String object, String name, Object value) {
        if (isPresent(value)) {
            Members nested = objects.computeIfAbsent(object, any -> new Members());
            nested.put(name, value);
            putKnown(object, nested);
        }
    }

    /** An unmodifiable copy, nested objects included. */
    Map<String, Object> frozen() {
        Map<String, Object> copy = new LinkedHashMap<>(members);
        objects.forEach((name, nested) -> copy.put(name, nested.frozen()));
        return Collections.unmodifiableMap(copy);
    }

    private static boolean isPresent(Object value) {
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        return value instanceof Map<?, ?> map ? !map.isEmpty() : value != null;
    }
}
