package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import java.util.Map;

/** A filter whose verdict was known when it was compiled: it cannot be used, or nothing can match it. */
final class SettledFilter extends CompiledFilter {

    private final String description;
    private final String reason;
    private final FilterVerdict verdict;

    SettledFilter(String description, String reason, FilterVerdict verdict) {
        this.description = description;
        this.reason = reason;
        this.verdict = verdict;
    }

    @Override
    FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject subject,
            EvaluationTrace trace) {
        if (trace != null) {
            trace.settled(description, reason, verdict);
        }
        return verdict;
    }
}
