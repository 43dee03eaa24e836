package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import java.util.Map;

/** Tests the value of another flag, after all flags that lead to it; they are evaluated for the original context. */
final class DependencyFilter extends CompiledFilter {

    private final CompiledFlag[] chain;
    private final CompiledFlag flag;
    private final Object expected;
    private final boolean negated;

    /**
     * Makes a filter.
     *
     * @param chain the flags to evaluate in order, the one compared among them
     * @param flag the one compared
     * @param expected the value it must have
     * @param negated whether the result is turned round
     */
    DependencyFilter(CompiledFlag[] chain, CompiledFlag flag, Object expected, boolean negated) {
        this.chain = chain;
        this.flag = flag;
        this.expected = expected;
        this.negated = negated;
    }

    @Override
    FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject subject,
            EvaluationTrace trace) {
        FlagValue actual = FlagValue.MISSING;
        FilterVerdict verdict = FilterVerdict.YES;
        for (int i = 0; i < chain.length && verdict == FilterVerdict.YES; i++) {
            CompiledFlag member = chain[i];
            int outcome = member.decide(scratch, context, trace);
            if (outcome == CompiledFlag.NEEDS_SERVER) {
                verdict = FilterVerdict.NEEDS_SERVER;
            } else if (outcome == CompiledFlag.INCONCLUSIVE) {
                verdict = FilterVerdict.UNCERTAIN;
            } else if (member == flag) {
                actual = member.result(outcome).value();
            }
        }
        if (verdict == FilterVerdict.YES) {
            verdict = (isExpected(actual) ? FilterVerdict.YES : FilterVerdict.NO).negatedIf(negated);
        }
        if (trace != null) {
            trace.dependency(flag.key(), expected, actual, verdict);
        }
        return verdict;
    }

    private boolean isExpected(FlagValue actual) {
        if (expected instanceof Boolean on) {
            return on == actual.isEnabled();
        }
        return expected instanceof String variant && actual.isVariant(variant);
    }
}
