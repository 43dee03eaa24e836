package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import java.util.Map;

/** One condition of a flag. */
final class CompiledCondition {

    private final Subject subject;
    private final CompiledFilter[] filters;
    private final double percentage;
    private final long bound;
    private final int override;

    /**
     * Makes a condition.
     *
     * @param subject who it is about; null for whoever the flag is about
     * @param filters what must all match
     * @param percentage how many of those are let in
     * @param override the index of the answer they get, or -1 if their bucket decides
     */
    CompiledCondition(Subject subject, CompiledFilter[] filters, double percentage, int override) {
        this.subject = subject;
        this.filters = filters;
        this.percentage = percentage;
        this.bound = Rollout.bound(percentage);
        this.override = override;
    }

    Subject subject() {
        return subject;
    }

    double percentage() {
        return percentage;
    }

    /** The last hash that is let in. */
    long bound() {
        return bound;
    }

    int override() {
        return override;
    }

    /** One "no" decides, even after something uncertain; of what is uncertain the first counts. */
    FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject effective,
            EvaluationTrace trace) {
        FilterVerdict result = FilterVerdict.YES;
        CompiledFilter[] all = filters;
        for (int i = 0; i < all.length; i++) {
            FilterVerdict verdict = all[i].test(scratch, context, properties, effective, trace);
            if (verdict == FilterVerdict.NO) {
                return verdict;
            }
            if (result == FilterVerdict.YES) {
                result = verdict;
            }
        }
        return result;
    }
}
