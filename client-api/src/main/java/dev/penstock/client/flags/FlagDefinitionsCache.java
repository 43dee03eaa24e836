package dev.penstock.client.flags;

import java.util.Optional;

/**
 * Lets several processes share flag definitions: one of them fetches and stores, the others load what it has stored.
 *
 * <p>Before each refresh the client asks {@link #shouldFetch()}. On true it asks the server and, if new definitions came,
 * hands them to {@link #store}. On false it takes them from {@link #load()} and makes no request; if the cache is empty it
 * keeps the definitions it has, and if it has none at all it asks the server after all.
 *
 * <p>A definitions body holds everything: flags, group types, cohorts, and the settings that go with them. Store its bytes
 * as they are.
 *
 * <p>An exception or a call that takes longer than 10 seconds, and is interrupted then, is reported to the {@link
 * dev.penstock.client.ErrorListener} and goes no further: in {@link #shouldFetch()} it means that the server is asked,
 * in {@link #load()} that the cache is empty. Definitions that the client already has are never lost by it, nor by
 * bytes that are no definitions.
 *
 * <p><b>Threads:</b> called on one thread of the client's own that does nothing else, one call at a time. A slow cache
 * delays refreshes, never an evaluation.
 */
public interface FlagDefinitionsCache {

    /**
     * Whether this process should ask the server now. Asked before each refresh, the first one included.
     *
     * @return true to ask the server, false to take what is stored
     */
    boolean shouldFetch();

    /**
     * What was last stored, by whichever process.
     *
     * @return the whole definitions body, or empty if nothing is stored; the array is not changed
     */
    Optional<byte[]> load();

    /**
     * Keeps definitions that were just fetched and are in use from now on. Not called when the server said that
     * nothing has changed.
     *
     * @param definitions the whole definitions body; must not be changed
     */
    void store(byte[] definitions);

    /**
     * Gives back whatever this holds. Called once, as the client is closed, and nothing is called after it; left out
     * if an earlier call hangs.
     */
    void close();
}
