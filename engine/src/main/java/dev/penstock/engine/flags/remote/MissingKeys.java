package dev.penstock.engine.flags.remote;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that neither the definitions nor the server know, so that nobody asks for them again and again. Forgotten with each
 * refresh of the definitions.
 *
 * <p>Bounded: when it is full, further keys are not remembered.
 *
 * <p><b>Threads:</b> any.
 */
public final class MissingKeys {

    static final int MAX_KEYS = 10_000;

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    /**
     * Whether a key is known to be missing.
     *
     * @param key the key
     * @return true if it was added since the last refresh
     */
    public boolean contains(String key) {
        return keys.contains(key);
    }

    /**
     * Remembers a key that the server did not know.
     *
     * @param key the key
     */
    public synchronized void add(String key) {
        if (keys.size() < MAX_KEYS) {
            keys.add(key);
        }
    }

    /** Forgets all keys. */
    public synchronized void clear() {
        keys.clear();
    }
}
