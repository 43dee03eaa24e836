package dev.penstock.client.segment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of a JSON object while it is built. A name given twice keeps its first place and its last value; null as a name
 * is kept, so that the engine can drop and count it.
 *
 * <p><b>Threads:</b> one thread at a time.
 */
final class Members {

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Writes a member, null as a value included. */
    void put(String name, Object value) {
        members.put(name, value);
    }

    /** Writes a member, or nothing for null. */
    void putPresent(String name, Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** Writes the entries of a map; null means none. What the map throws goes to the caller, whose map it is. */
    void putAll(Map<?, ?> more) {
        if (more != null) {
            // A map of another type, cast, has names that are not text.
            for (Map.Entry<?, ?> entry : more.entrySet()) {
                Object name = entry.getKey();
                members.put(name == null ? null : name.toString(), entry.getValue());
            }
        }
    }

    /** Whether an entry of a map can be a member: one without a name is none. What the map throws goes to the caller. */
    static boolean hasNames(Map<?, ?> map) {
        for (Object name : map.keySet()) {
            if (name != null) {
                return true;
            }
        }
        return false;
    }

    /** An unmodifiable copy. */
    Map<String, Object> frozen() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
}
