package dev.penstock.engine.flags.remote;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.NanoClock;

/**
 * Keys that neither the definitions nor the server know, so that nobody asks for them again and again. Forgotten with each
 * refresh of the definitions, and when such a refresh is overdue: then a new flag must not stay unknown.
 *
 * <p>Bounded: when it is full, further keys are not remembered.
 *
 * <p><b>Threads:</b> any.
 */
public final class MissingKeys {

    static final int MAX_KEYS = 10_000;

    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final NanoClock clock;
    private final long memoryNs;
    private volatile long refreshedNs;
    private volatile long refreshes;

    /**
     * Remembers nothing yet, and nothing at all before the first refresh.
     *
     * @param clock the monotonic time
     * @param memory how long after a refresh keys are remembered
     */
    public MissingKeys(NanoClock clock, Duration memory) {
        this.clock = clock;
        this.memoryNs = memory.toNanos();
    }

    /**
     * Whether a key is known to be missing.
     *
     * @param key the key
     * @return true if it was added since the last refresh, which was not long ago
     */
    public boolean contains(String key) {
        return keys.contains(key) && clock.nanoTime() - refreshedNs <= memoryNs;
    }

    /**
     * Remembers a key that the server did not know.
     *
     * @param key the key
     * @param since the {@linkplain #refreshes() refreshes} there had been when the server was asked; if there was one
     *     meanwhile, the key is not remembered
     */
    public synchronized void add(String key, long since) {
        if (since == refreshes && since > 0 && keys.size() < MAX_KEYS) {
            keys.add(key);
        }
    }

    /**
     * How often definitions were refreshed.
     *
     * @return a count
     */
    public long refreshes() {
        return refreshes;
    }

    /** Definitions were refreshed: forgets all keys. */
    public synchronized void refreshed() {
        refreshedNs = clock.nanoTime();
        refreshes++;
        keys.clear();
    }
}
