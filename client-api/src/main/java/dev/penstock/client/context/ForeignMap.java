package dev.penstock.client.context;

import java.util.Map;

/**
 * Reads maps of the application's, which may be of another type than they say and may throw anything: a request must not fail
 * because of what is said about it.
 */
final class ForeignMap {

    private ForeignMap() {}

    /**
     * Adds the entries of a map, null means none: names as text, those that are null left out. Of a map that throws, what was
     * read before is added.
     */
    static void addTo(Map<String, Object> known, Map<?, ?> more) {
        if (more == null) {
            return;
        }
        try {
            for (Map.Entry<?, ?> entry : more.entrySet()) {
                String name = entry.getKey() == null ? null : entry.getKey().toString();
                if (name != null) {
                    known.put(name, entry.getValue());
                }
            }
        } catch (Throwable e) {
            // There is nobody to tell here; the rest of the map counts as not known.
        }
    }
}
