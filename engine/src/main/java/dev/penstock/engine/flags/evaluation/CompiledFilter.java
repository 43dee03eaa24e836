package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import java.util.Map;

/** One filter, ready to be tested. */
abstract sealed class CompiledFilter
        permits PropertyFilter, GroupFilter, CohortFilter, DependencyFilter, SettledFilter {

    /**
     * Tests somebody.
     *
     * @param scratch what this evaluation remembers
     * @param context who is asked about
     * @param properties what is known of the subject
     * @param subject the subject's view
     * @param trace told what is tested; null for nobody
     * @return the verdict
     */
    abstract FilterVerdict test(
            EvaluationScratch scratch,
            FlagContext context,
            Map<String, Object> properties,
            Subject subject,
            EvaluationTrace trace);
}
