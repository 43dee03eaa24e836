package dev.penstock.engine.flags;

import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageSource;
import java.util.Map;

/**
 * Everything an evaluation reads, under one reference: it sees one state from beginning to end.
 *
 * @param snapshot the compiled definitions
 * @param overrides forced values by key, or null if there are none
 * @param source what uses of locally evaluated flags have in common
 * @param isAwaited whether definitions are to come and none are held
 */
record FlagState(FlagSnapshot snapshot, Map<String, EvaluatedFlag> overrides, UsageSource source, boolean isAwaited) {

    static final String FLAG_MISSING = "flag_missing";
    static final String INCONCLUSIVE = "local_evaluation_inconclusive";

    static FlagState of(FlagSnapshot snapshot, Map<String, EvaluatedFlag> overrides, boolean definitionsExpected) {
        return new FlagState(
                snapshot,
                overrides,
                new UsageSource(null, 0, snapshot.loadedAtMs(), snapshot.minimalUsageEvents(), null),
                definitionsExpected && !snapshot.isLoaded());
    }

    /** The forced value of a flag, or null. */
    EvaluatedFlag override(String key) {
        return overrides == null || key == null ? null : overrides.get(key);
    }

    /** The answer for a flag that could not be decided, or that is null because it is not known. */
    EvaluatedFlag undecided(CompiledFlag flag, String key) {
        if (flag != null) {
            return flag.undecided();
        }
        if (key == null || snapshot.isExcluded(key)) {
            return EvaluatedFlag.missing(key == null ? "" : key, null);
        }
        return EvaluatedFlag.missing(key, isAwaited ? INCONCLUSIVE : FLAG_MISSING);
    }

    /**
     * Whether reading a flag without an answer is a use to report. Before definitions have come every read would be one,
     * and a flag that is excluded here is none of ours.
     */
    boolean isReported(CompiledFlag flag, String key) {
        return flag != null || (key != null && !isAwaited && !snapshot.isExcluded(key));
    }
}
