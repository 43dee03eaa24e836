package dev.penstock.engine.flags.evaluation;

import java.util.HashSet;
import java.util.Set;

/**
 * What a load changed. A flag has changed if its own definition has, or that of a cohort or flag it depends on, directly
 * or not.
 *
 * @param added keys that are new
 * @param removed keys that are gone
 * @param changed keys that are still there and may have other values
 */
public record FlagChanges(Set<String> added, Set<String> removed, Set<String> changed) {

    /**
     * Compares two snapshots.
     *
     * @param before the older one
     * @param after the newer one
     * @return what changed
     */
    public static FlagChanges between(FlagSnapshot before, FlagSnapshot after) {
        Set<String> added = new HashSet<>(after.keys());
        added.removeAll(before.keys());
        Set<String> removed = new HashSet<>(before.keys());
        removed.removeAll(after.keys());
        Set<String> changed = new HashSet<>();
        for (Content.Name name : after.content().changedSince(before.content())) {
            if (name.isFlag() && before.flag(name.text()) != null && after.flag(name.text()) != null) {
                changed.add(name.text());
            }
        }
        return new FlagChanges(Set.copyOf(added), Set.copyOf(removed), Set.copyOf(changed));
    }

    /**
     * Whether nothing changed.
     *
     * @return true if all sets are empty
     */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
