package dev.penstock.engine.flags.evaluation;

import dev.penstock.engine.flags.definitions.CohortDefinition;
import dev.penstock.engine.flags.definitions.CohortEntry;
import dev.penstock.engine.flags.definitions.CohortGroup;
import dev.penstock.engine.flags.definitions.FilterDefinition;
import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.definitions.FlagRules;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what a flag or a cohort refers to. */
final class References {

    private final Set<Content.Name> found = new LinkedHashSet<>();

    private References() {}

    static Set<Content.Name> of(FlagDefinition flag) {
        References references = new References();
        if (flag.rules() != null) {
            for (FlagRules.Condition condition : flag.rules().conditions()) {
                condition.filters().forEach(references::add);
            }
        }
        return references.found;
    }

    static Set<Content.Name> of(CohortDefinition cohort) {
        References references = new References();
        references.add(cohort.group());
        return references.found;
    }

    private void add(CohortEntry entry) {
        if (entry instanceof CohortGroup group) {
            group.entries().forEach(this::add);
        } else if (entry instanceof FilterDefinition filter) {
            if (filter.kind() == FilterDefinition.Kind.COHORT) {
                found.add(new Content.Name(false, String.valueOf(filter.value())));
            } else if (filter.kind() == FilterDefinition.Kind.FLAG && filter.chain() != null) {
                filter.chain().forEach(key -> found.add(new Content.Name(true, key)));
            }
        }
    }
}
