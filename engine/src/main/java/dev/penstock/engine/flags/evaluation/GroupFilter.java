package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import java.util.Map;

/** Filters of a cohort, joined by "and" or "or". */
final class GroupFilter extends CompiledFilter {

    private final CompiledFilter[] filters;
    private final FilterVerdict deciding;
    private final FilterVerdict otherwise;

    /**
     * Joins filters.
     *
     * @param any whether one is enough
     * @param filters the filters in their order
     */
    GroupFilter(boolean any, CompiledFilter[] filters) {
        this.filters = filters;
        this.deciding = any ? FilterVerdict.YES : FilterVerdict.NO;
        this.otherwise = any ? FilterVerdict.NO : FilterVerdict.YES;
    }

    @Override
    FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject subject,
            EvaluationTrace trace) {
        FilterVerdict result = otherwise;
        for (int i = 0; i < filters.length; i++) {
            FilterVerdict verdict = filters[i].test(scratch, context, properties, subject, trace);
            if (verdict == deciding || verdict == FilterVerdict.NEEDS_SERVER) {
                return verdict;
            }
            if (verdict == FilterVerdict.UNCERTAIN) {
                result = verdict;
            }
        }
        return result;
    }
}
