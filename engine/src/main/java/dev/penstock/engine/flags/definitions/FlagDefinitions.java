package dev.penstock.engine.flags.definitions;

import java.util.List;
import java.util.Map;

/**
 * All definitions of one answer.
 *
 * @param flags the flags in their order, each key once
 * @param groupTypes names of group types by index
 * @param cohorts dynamic cohorts by id
 * @param minimalUsageEvents whether the usage events of flags without experiments are to be minimal
 * @param propertyMatchingVersion 2, or 1 for anything else
 * @param skipped how many entries were no flags: not objects, or without a key
 */
public record FlagDefinitions(
        List<FlagDefinition> flags,
        Map<String, String> groupTypes,
        Map<String, CohortDefinition> cohorts,
        boolean minimalUsageEvents,
        int propertyMatchingVersion,
        int skipped) {

    /** No flags at all. */
    public static final FlagDefinitions EMPTY = new FlagDefinitions(List.of(), Map.of(), Map.of(), false, 1, 0);
}
