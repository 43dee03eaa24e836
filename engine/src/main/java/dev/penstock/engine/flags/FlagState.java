package dev.penstock.engine.flags;

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
 */
record FlagState(FlagSnapshot snapshot, Map<String, EvaluatedFlag> overrides, UsageSource source) {

    static final FlagState EMPTY = of(FlagSnapshot.EMPTY, null);

    static FlagState of(FlagSnapshot snapshot, Map<String, EvaluatedFlag> overrides) {
        return new FlagState(
                snapshot,
                overrides,
                new UsageSource(null, 0, snapshot.loadedAtMs(), snapshot.minimalUsageEvents(), null));
    }

    /** The forced value of a flag, or null. */
    EvaluatedFlag override(String key) {
        return overrides == null ? null : overrides.get(key);
    }
}
