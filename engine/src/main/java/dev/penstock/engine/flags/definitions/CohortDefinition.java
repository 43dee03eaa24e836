package dev.penstock.engine.flags.definitions;

/**
 * One dynamic cohort.
 *
 * @param group what its members have in common
 * @param depth how many groups are nested in each other; a group without groups counts as one
 * @param digest digests everything the definition says, in whatever order
 */
public record CohortDefinition(CohortGroup group, int depth, long digest) {}
