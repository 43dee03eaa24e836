package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagValue;
import java.util.List;

/**
 * How one flag was evaluated.
 *
 * @param key its key
 * @param value its value; missing if it is inconclusive
 * @param reason why, as a phrase
 * @param subject who it is about; null if that did not matter
 * @param id the id that decides the bucket; null if it is not known
 * @param holdout the holdout; null if it was not looked at
 * @param conditions the conditions that were looked at
 */
record FlagStep(
        String key,
        FlagValue value,
        String reason,
        String subject,
        String id,
        Holdout holdout,
        List<ConditionStep> conditions) {

    /** Whether the subject is held out. */
    record Holdout(long hash, boolean heldOut) {}

    /** The condition that was met; null if none was. */
    ConditionStep matched() {
        for (ConditionStep condition : conditions) {
            if (condition.isIn()) {
                return condition;
            }
        }
        return null;
    }
}
