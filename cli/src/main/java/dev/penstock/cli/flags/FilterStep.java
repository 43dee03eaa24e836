package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.evaluation.FilterVerdict;
import java.util.List;

/** What one filter said. */
sealed interface FilterStep {

    /** The verdict, turned round where the filter asks for the contrary. */
    FilterVerdict verdict();

    /** Whether it leaves the answer open. */
    default boolean isOpen() {
        return verdict() == FilterVerdict.UNCERTAIN || verdict() == FilterVerdict.NEEDS_SERVER;
    }

    /** A property was tested. */
    record OfProperty(String name, String test, boolean known, Object value, boolean negated, FilterVerdict verdict)
            implements FilterStep {}

    /** Nothing had to be tested. */
    record Settled(String filter, String reason, FilterVerdict verdict) implements FilterStep {}

    /** Membership in a cohort was looked at; inside is empty if it was remembered. */
    record OfCohort(
            String id,
            boolean remembered,
            FilterVerdict member,
            boolean negated,
            FilterVerdict verdict,
            List<FilterStep> inside)
            implements FilterStep {}

    /** Another flag's value was compared, after the flags on the way to it. */
    record OfFlag(String key, Object expected, FlagValue actual, FilterVerdict verdict, List<FlagStep> flags)
            implements FilterStep {}
}
