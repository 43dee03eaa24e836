package dev.penstock.engine.flags.definitions;

import java.util.List;

/**
 * One filter.
 *
 * @param kind what it looks at
 * @param key the property, or the flag it depends on; null if missing
 * @param hasValue whether there is a value at all, null or not
 * @param value the value: null, a boolean, string, {@link Long}, {@link java.math.BigInteger} or {@link Double}, or a list
 *     or map of such
 * @param operator the operator; null if missing
 * @param negated whether the result is to be turned round, which only cohorts know
 * @param chain the flags it depends on in the order of evaluation; null if missing or no list
 */
public record FilterDefinition(
        Kind kind, String key, boolean hasValue, Object value, String operator, boolean negated, List<String> chain)
        implements CohortEntry {

    /** What a filter looks at. */
    public enum Kind {
        /** A property of the person or group. */
        PROPERTY,
        /** Membership in a cohort. */
        COHORT,
        /** The value of another flag. */
        FLAG
    }
}
