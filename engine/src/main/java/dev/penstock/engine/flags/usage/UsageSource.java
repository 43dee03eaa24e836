package dev.penstock.engine.flags.usage;

/**
 * What the uses of one evaluation have in common: where its values came from.
 *
 * @param requestId the server's id of the answer, or null
 * @param evaluatedAtMs when the server evaluated, in epoch milliseconds, or 0 if it did not or did not say
 * @param definitionsLoadedAtMs when the definitions were loaded, in epoch milliseconds, or 0 if there were none
 * @param minimalEvents whether definitions or answer ask for minimal events where a flag belongs to no experiment
 * @param disableGeoIp what the call said about deriving a place, or null if it said nothing
 */
public record UsageSource(
        String requestId,
        long evaluatedAtMs,
        long definitionsLoadedAtMs,
        boolean minimalEvents,
        Boolean disableGeoIp) {}
