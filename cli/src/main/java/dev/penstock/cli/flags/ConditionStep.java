package dev.penstock.cli.flags;

import dev.penstock.engine.flags.evaluation.FilterVerdict;
import java.util.List;

/**
 * How one condition was evaluated.
 *
 * @param number which, counted from 1
 * @param subject who it is about
 * @param verdict what its filters say together
 * @param reason why, as a phrase
 * @param filters the filters that were looked at
 * @param rollout the rollout; null if it did not come to that
 * @param variant how the variant was found; null if it did not come to that
 */
record ConditionStep(
        int number,
        String subject,
        FilterVerdict verdict,
        String reason,
        List<FilterStep> filters,
        Rollout rollout,
        Variant variant) {

    /** The rollout; the hash is -1 if it did not matter. */
    record Rollout(long hash, double percentage, boolean in) {}

    /** The variant, set by the condition or by the bucket; the name is null if no variant covers the bucket. */
    record Variant(String name, boolean overridden, long hash) {}

    /** Whether this condition decided the answer. */
    boolean isIn() {
        return rollout != null && rollout.in();
    }

    /** Whether its filters match but its rollout does not include the subject. */
    boolean isRolledOut() {
        return rollout != null && !rollout.in();
    }

    /** Whether it was passed over, since its group is not known. */
    boolean isSkipped() {
        return verdict == FilterVerdict.NO && filters.isEmpty();
    }

    /** Whether it leaves the answer open. */
    boolean isOpen() {
        return verdict == FilterVerdict.UNCERTAIN || verdict == FilterVerdict.NEEDS_SERVER;
    }
}
