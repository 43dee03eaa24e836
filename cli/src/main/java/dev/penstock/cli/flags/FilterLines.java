package dev.penstock.cli.flags;

import dev.penstock.engine.flags.definitions.CohortDefinition;
import dev.penstock.engine.flags.definitions.CohortEntry;
import dev.penstock.engine.flags.definitions.CohortGroup;
import java.util.List;

/** Shows filters: what each tests, what the context has, the verdict; cohorts and flags with what is inside them. */
final class FilterLines {
    static final int VERDICT_WIDTH = 9;

    private final LoadedDefinitions definitions;
    private final TextLines lines;
    private final FlagLines flags;

    FilterLines(LoadedDefinitions definitions, TextLines lines, FlagLines flags) {
        this.definitions = definitions;
        this.lines = lines;
        this.flags = flags;
    }

    void show(List<FilterStep> filters, int indent) {
        filters.forEach(filter -> show(filter, indent));
    }

    private void show(FilterStep filter, int indent) {
        String more = filter instanceof FilterStep.OfCohort cohort ? inside(cohort) : "";
        lines.item(indent, Wording.verdict(filter.verdict()), VERDICT_WIDTH, FilterText.of(filter) + more);
        if (filter instanceof FilterStep.OfCohort cohort) {
            show(cohort.inside(), indent + VERDICT_WIDTH);
        } else if (filter instanceof FilterStep.OfFlag other) {
            other.flags().forEach(flag -> flags.nested(flag, indent + VERDICT_WIDTH));
        }
    }

    private String inside(FilterStep.OfCohort cohort) {
        return cohort.remembered() ? ", as found before" : shape(cohort.id());
    }

    /** How a cohort joins its filters; groups that hold one group and nothing else join nothing. */
    private String shape(String id) {
        CohortDefinition cohort = definitions.source().cohorts().get(id);
        if (cohort == null) {
            return "";
        }
        CohortGroup group = cohort.group();
        while (group.entries().size() == 1 && group.entries().get(0) instanceof CohortGroup inner) {
            group = inner;
        }
        List<CohortEntry> entries = group.entries();
        if (entries.isEmpty()) {
            return ", which has no filters";
        }
        if (entries.size() == 1) {
            return ":";
        }
        boolean groups = entries.stream().anyMatch(CohortGroup.class::isInstance);
        return (group.any() ? ", any of " : ", all of ")
                + entries.size()
                + (groups ? " groups; looked at were:" : " filters:");
    }
}
