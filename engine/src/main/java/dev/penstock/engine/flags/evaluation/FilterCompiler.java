package dev.penstock.engine.flags.evaluation;

import dev.penstock.engine.flags.definitions.CohortDefinition;
import dev.penstock.engine.flags.definitions.CohortEntry;
import dev.penstock.engine.flags.definitions.CohortGroup;
import dev.penstock.engine.flags.definitions.FilterDefinition;
import dev.penstock.engine.flags.matcher.MatcherCompiler;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles filters. What they refer to must have been compiled before, which {@link CompileOrder} sees to.
 *
 * <p><b>Threads:</b> one; used for one snapshot.
 */
final class FilterCompiler {

    private static final String DEPENDENCY = "flag_evaluates_to";

    private final CompileOrder order;
    private final int matchingVersion;
    private final int views;
    private final Map<String, CompiledFilter> cohorts = new HashMap<>();
    private final Map<String, Integer> cohortCells = new HashMap<>();
    private final Map<Test, PropertyFilter> properties = new HashMap<>();
    private final Map<String, CompiledFlag> flags;
    private final Set<String> cohortIds;
    private int verdictCells;

    /** What makes two filters the same. */
    private record Test(String key, String operator, Object value, boolean negated) {}

    /**
     * Makes a compiler.
     *
     * @param order the order and what may not be referred to
     * @param flags flags compiled so far
     * @param cohortIds all cohorts that have a definition
     * @param matchingVersion the rule for comparing with true and false
     * @param views one more than there are group types
     */
    FilterCompiler(
            CompileOrder order,
            Map<String, CompiledFlag> flags,
            Set<String> cohortIds,
            int matchingVersion,
            int views) {
        this.order = order;
        this.flags = flags;
        this.cohortIds = cohortIds;
        this.matchingVersion = matchingVersion;
        this.views = views;
    }

    void cohort(String id, CohortDefinition definition) {
        cohortCells.put(id, newCells());
        if (!order.isUnusable(new Content.Name(false, id))) {
            cohorts.put(id, group(definition.group()));
        }
    }

    private CompiledFilter group(CohortGroup group) {
        if (group.unusable() != null) {
            return new SettledFilter("a group of a cohort", group.unusable(), FilterVerdict.NEEDS_SERVER);
        }
        List<CohortEntry> entries = group.entries();
        CompiledFilter[] filters = new CompiledFilter[entries.size()];
        for (int i = 0; i < filters.length; i++) {
            CohortEntry entry = entries.get(i);
            filters[i] = entry instanceof CohortGroup nested
                    ? group(nested)
                    : filter((FilterDefinition) entry, ((FilterDefinition) entry).negated());
        }
        return new GroupFilter(group.any(), filters);
    }

    /** The filters of a condition, where there is no negation. */
    CompiledFilter[] filters(List<FilterDefinition> definitions) {
        CompiledFilter[] filters = new CompiledFilter[definitions.size()];
        for (int i = 0; i < filters.length; i++) {
            filters[i] = filter(definitions.get(i), false);
        }
        return filters;
    }

    private CompiledFilter filter(FilterDefinition filter, boolean negated) {
        return switch (filter.kind()) {
            case PROPERTY -> property(filter, negated);
            case COHORT -> cohort(filter, negated);
            case FLAG -> dependency(filter, negated);
        };
    }

    private CompiledFilter property(FilterDefinition filter, boolean negated) {
        boolean valueMatters = !"is_set".equals(filter.operator()) && !"is_not_set".equals(filter.operator());
        if (filter.key() == null || (valueMatters && !filter.hasValue())) {
            return new SettledFilter(
                    "property " + filter.key(), "the filter has no key or no value", FilterVerdict.UNCERTAIN);
        }
        Test test = new Test(filter.key(), filter.operator(), filter.value(), negated);
        PropertyFilter known = properties.get(test);
        if (known == null) {
            known = new PropertyFilter(
                    filter.key(), MatcherCompiler.compile(filter.operator(), filter.value(), matchingVersion), negated);
            properties.put(test, known);
        } else if (!known.isShared()) {
            known.share(newCells());
        }
        return known;
    }

    /** One for the person and one for each group type. */
    private int newCells() {
        int first = verdictCells;
        verdictCells += views;
        return first;
    }

    /** How many verdicts of cohorts and filters are remembered. */
    int verdictCells() {
        return verdictCells;
    }

    private CompiledFilter cohort(FilterDefinition filter, boolean negated) {
        Object value = filter.value();
        String id = value instanceof String || value instanceof Long || value instanceof BigInteger
                ? value.toString()
                : "without an id";
        String description = "cohort " + id;
        if (!cohortIds.contains(id)) {
            return new SettledFilter(description, "only the server knows its members", FilterVerdict.NEEDS_SERVER);
        }
        String operator = filter.operator() == null ? "in" : filter.operator();
        boolean out = operator.equals("not_in");
        if (!out && !operator.equals("in") && !operator.equals("exact")) {
            return new SettledFilter(description, "the operator is not known", FilterVerdict.UNCERTAIN);
        }
        CompiledFilter members = cohorts.get(id);
        if (members == null) {
            return new SettledFilter(
                    description, "it leads back to itself or is nested too deep", FilterVerdict.UNCERTAIN);
        }
        return new CohortFilter(id, members, cohortCells.get(id), negated != out);
    }

    private CompiledFilter dependency(FilterDefinition filter, boolean negated) {
        String description = "flag " + filter.key();
        if (!DEPENDENCY.equals(filter.operator()) || filter.key() == null || filter.value() == null) {
            return new SettledFilter(
                    description,
                    "the filter has another operator, no key or no value",
                    FilterVerdict.NO.negatedIf(negated));
        }
        List<String> chain = filter.chain();
        if (chain == null || !chain.contains(filter.key())) {
            return new SettledFilter(description, "the chain to it is not given", FilterVerdict.UNCERTAIN);
        }
        CompiledFlag[] members = new CompiledFlag[chain.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = flags.get(chain.get(i));
            if (members[i] == null || order.isUnusable(new Content.Name(true, chain.get(i)))) {
                return new SettledFilter(
                        description,
                        "a flag in the chain is unknown, leads back to itself or is nested too deep",
                        FilterVerdict.UNCERTAIN);
            }
        }
        return new DependencyFilter(members, flags.get(filter.key()), filter.value(), negated);
    }
}
