package dev.penstock.engine.flags.usage;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.result.EvaluatedFlag;

/**
 * One use of a flag, to be reported.
 *
 * @param context whom the flag was evaluated for
 * @param result what it evaluated to
 * @param source where the value came from
 * @param nowMs the time of the use
 */
record FlagUse(FlagContext context, EvaluatedFlag result, UsageSource source, long nowMs) {

    /** Whether the event is to have nothing that is not needed to count it. */
    boolean isMinimal() {
        return source.minimalEvents()
                && Boolean.FALSE.equals(result.hasExperiment().orElse(null));
    }
}
