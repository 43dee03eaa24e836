package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.result.EvaluatedFlag;

/**
 * Everything there is to say about one answer.
 *
 * @param definitions where the flag comes from
 * @param context whom it was evaluated for
 * @param step how it was evaluated; null if that failed
 * @param result the answer; null if it is inconclusive
 * @param problem what failed; null if nothing did
 */
record Explanation(
        LoadedDefinitions definitions, FlagContext context, FlagStep step, EvaluatedFlag result, String problem) {

    /** The flag as its definition says. */
    FlagDefinition flag() {
        return definitions.flag(step.key());
    }
}
