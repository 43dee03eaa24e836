package dev.penstock.cli.flags;

/** What a filter asks for and what there is, as a phrase. Stateless. */
final class FilterText {

    private FilterText() {}

    static String of(FilterStep filter) {
        if (filter instanceof FilterStep.OfProperty property) {
            return property(property);
        }
        if (filter instanceof FilterStep.OfCohort cohort) {
            return (cohort.negated() ? "not in cohort " : "in cohort ") + cohort.id();
        }
        if (filter instanceof FilterStep.OfFlag other) {
            return flag(other);
        }
        FilterStep.Settled settled = (FilterStep.Settled) filter;
        return settled.filter() + ": " + settled.reason();
    }

    private static String property(FilterStep.OfProperty property) {
        String test = property.name() + " " + property.test();
        return (property.negated() ? "not: " + test : test)
                + (property.known() ? "; it is " + Wording.value(property.value()) : "; not given");
    }

    private static String flag(FilterStep.OfFlag other) {
        String expected =
                other.expected() instanceof Boolean on ? (on ? "on" : "off") : Wording.value(other.expected());
        return "flag " + other.key() + " must be " + expected + "; it is "
                + (other.actual().isMissing()
                        ? "not decided"
                        : Wording.value(other.actual().toJsonValue()));
    }
}
