package dev.penstock.engine.flags.definitions;

/** An entry of a cohort's group: a group again, or a filter. */
public sealed interface CohortEntry permits CohortGroup, FilterDefinition {}
