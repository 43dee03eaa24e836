package dev.penstock.engine.capture;

import dev.penstock.client.SuperProperties;
import dev.penstock.engine.record.PropertySnapshot;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps the super properties: a map for those who change them, and an immutable snapshot of it for those who capture.
 *
 * <p><b>Threads:</b> changes under a lock; {@link #snapshot()} is one volatile read.
 */
public final class SuperPropertyStore implements SuperProperties {

    private final Function<Map<String, ?>, PropertySnapshot> encoder;
    private final Function<Map<String, ?>, Map<String, Object>> reader;
    private Map<String, Object> properties = Map.of();
    private volatile PropertySnapshot snapshot;

    /**
     * Makes a store.
     *
     * @param encoder turns properties into a snapshot
     * @param reader turns properties into what is sent of them, once
     */
    public SuperPropertyStore(
            Function<Map<String, ?>, PropertySnapshot> encoder, Function<Map<String, ?>, Map<String, Object>> reader) {
        this.encoder = encoder;
        this.reader = reader;
    }

    /**
     * What captures take.
     *
     * @return the snapshot, or null if there are no properties
     */
    public PropertySnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void register(Map<String, ?> added) {
        add(added, true);
    }

    @Override
    public void registerOnce(Map<String, ?> added) {
        add(added, false);
    }

    private void add(Map<String, ?> added, boolean replacing) {
        if (added != null && !added.isEmpty()) {
            add(reader.apply(added), replacing ? Map::put : SuperPropertyStore::putIfMissing);
        }
    }

    private synchronized void add(Map<String, Object> read, Adding adding) {
        Map<String, Object> next = new LinkedHashMap<>(properties);
        read.forEach((name, value) -> adding.add(next, name, value));
        publish(next);
    }

    /** A property that is null is there. */
    private static void putIfMissing(Map<String, Object> properties, String name, Object value) {
        if (!properties.containsKey(name)) {
            properties.put(name, value);
        }
    }

    private interface Adding {
        void add(Map<String, Object> properties, String name, Object value);
    }

    @Override
    public synchronized void unregister(Collection<String> names) {
        if (names == null) {
            return;
        }
        Map<String, Object> next = new LinkedHashMap<>(properties);
        names.forEach(next::remove);
        publish(next);
    }

    @Override
    public void unregister(String name) {
        if (name != null) {
            unregister(List.of(name));
        }
    }

    private void publish(Map<String, Object> next) {
        PropertySnapshot made = next.isEmpty() ? null : encoder.apply(next);
        if (made == null && !next.isEmpty()) {
            return; // too large together: what was there stays
        }
        snapshot = made;
        properties = next;
    }

    @Override
    public synchronized Map<String, Object> all() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
