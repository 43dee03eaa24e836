package dev.penstock.engine.flags.evaluation;

import dev.penstock.engine.flags.matcher.Match;

/** What a filter, a group of filters or a cohort says about somebody. */
public enum FilterVerdict {

    /** Matches. */
    YES,

    /** Does not match. */
    NO,

    /** Cannot be told from what is known. */
    UNCERTAIN,

    /** Cannot be told from any definitions: only the server knows. */
    NEEDS_SERVER;

    private static final FilterVerdict[] BY_ORDINAL = values();

    static FilterVerdict of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }

    static FilterVerdict of(Match match) {
        return match == Match.YES ? YES : match == Match.NO ? NO : UNCERTAIN;
    }

    /** The same if there is nothing to turn round. */
    FilterVerdict negatedIf(boolean negated) {
        if (!negated || this == UNCERTAIN || this == NEEDS_SERVER) {
            return this;
        }
        return this == YES ? NO : YES;
    }
}
