package dev.penstock.client.flags;

import java.time.Instant;
import java.util.Set;

/**
 * What a load of definitions changed.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param added keys of flags that were not there before
 * @param removed keys of flags that are gone
 * @param changed keys of flags whose definition, or something it depends on, is different
 * @param loadedAt when the new definitions were loaded; the epoch if all were dropped
 */
public record FlagChange(Set<String> added, Set<String> removed, Set<String> changed, Instant loadedAt) {

    /**
     * Copies the sets.
     *
     * @param added keys of new flags
     * @param removed keys of flags that are gone
     * @param changed keys of flags that are different
     * @param loadedAt when the new definitions were loaded
     */
    public FlagChange {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
        changed = Set.copyOf(changed);
    }
}
