package dev.penstock.engine.record;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The property keys a client has registered: name to id for producers, id to name for the encoder.
 *
 * <p><b>Threads:</b> registering takes a lock and belongs in an application's start; {@link #names()} is one volatile
 * read. A key is in {@link #names()} before anybody can hold it, so a record read from the ring never names an id that
 * its reader cannot find.
 */
public final class KeyRegistry {

    /** The most keys a client can register; further ones travel as text. */
    public static final int CAPACITY = 4_096;

    private final Map<String, RegisteredKey> keys = new HashMap<>();
    private volatile String[] names = {""};

    /**
     * Registers a key, or finds it.
     *
     * @param name the property's name
     * @return the key; its id is {@link RecordLayout#KEY_IN_TEXT} when the registry is full
     * @throws IllegalArgumentException if the name is null or blank
     */
    public synchronized RegisteredKey register(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a property key must not be null or blank");
        }
        RegisteredKey known = keys.get(name);
        if (known != null) {
            return known;
        }
        int id = names.length;
        if (id > CAPACITY) {
            return new RegisteredKey(this, name, RecordLayout.KEY_IN_TEXT);
        }
        String[] longer = Arrays.copyOf(names, id + 1);
        longer[id] = name;
        names = longer;
        RegisteredKey key = new RegisteredKey(this, name, id);
        keys.put(name, key);
        return key;
    }

    /**
     * The registered names by id. Index 0 is unused.
     *
     * @return the names; not to be changed
     */
    public String[] names() {
        return names;
    }
}
