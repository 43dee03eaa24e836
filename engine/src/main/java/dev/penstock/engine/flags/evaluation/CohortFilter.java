package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import java.util.Map;

/** Tests membership in a cohort; what a cohort said once in an evaluation is not found out again. */
final class CohortFilter extends CompiledFilter {

    private final String id;
    private final CompiledFilter members;
    private final int firstCell;
    private final boolean negated;

    /**
     * Makes a filter.
     *
     * @param id the cohort's id
     * @param members what its members have in common
     * @param firstCell where the verdict about persons is remembered; those about groups follow
     * @param negated whether those are meant who are not members
     */
    CohortFilter(String id, CompiledFilter members, int firstCell, boolean negated) {
        this.id = id;
        this.members = members;
        this.firstCell = firstCell;
        this.negated = negated;
    }

    @Override
    FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject subject,
            EvaluationTrace trace) {
        int cell = firstCell + subject.view();
        int remembered = scratch.verdict(cell);
        FilterVerdict member;
        if (trace != null) {
            trace.cohortEntered(id);
        }
        if (remembered == EvaluationScratch.UNKNOWN) {
            member = members.test(scratch, context, properties, subject, trace);
            scratch.rememberVerdict(cell, member.ordinal());
        } else {
            member = FilterVerdict.of(remembered);
        }
        FilterVerdict verdict = member.negatedIf(negated);
        if (trace != null) {
            trace.cohortLeft(id, remembered != EvaluationScratch.UNKNOWN, member, negated, verdict);
        }
        return verdict;
    }
}
