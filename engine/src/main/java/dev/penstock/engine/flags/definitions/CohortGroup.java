package dev.penstock.engine.flags.definitions;

import java.util.List;

/**
 * Entries of a cohort that are joined by "and" or by "or".
 *
 * @param any whether one entry is enough
 * @param entries the entries in their order
 * @param unusable why only the server can decide the group; null if it can be decided here
 */
public record CohortGroup(boolean any, List<CohortEntry> entries, String unusable) implements CohortEntry {

    static CohortGroup unusable(String reason) {
        return new CohortGroup(false, List.of(), reason);
    }
}
