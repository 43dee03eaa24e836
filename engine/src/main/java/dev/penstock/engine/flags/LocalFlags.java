package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagEvaluator;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates many flags from one state, and says what is left for the server.
 *
 * <p><b>Threads:</b> any.
 */
final class LocalFlags {

    private final FlagEvaluator evaluator;
    private final RemoteFlags remote;

    LocalFlags(FlagEvaluator evaluator, RemoteFlags remote) {
        this.evaluator = evaluator;
        this.remote = remote;
    }

    /**
     * What could be answered locally.
     *
     * @param results what was decided
     * @param undecided keys of flags that are known and could not be decided
     * @param incomplete whether the server may know more
     */
    record Answer(ResultTable results, Set<String> undecided, boolean incomplete) {}

    Answer all(FlagState state, FlagContext context) {
        FlagSnapshot snapshot = state.snapshot();
        EvaluatedFlag[] results = new EvaluatedFlag[snapshot.size()];
        evaluator.evaluateAll(snapshot, context, results);
        Set<String> undecided = Set.of();
        boolean incomplete = results.length == 0;
        for (int i = 0; i < results.length; i++) {
            CompiledFlag flag = snapshot.flag(i);
            if (results[i] == null && !flag.isExcluded() && state.override(flag.key()) == null) {
                undecided = undecided.isEmpty() ? new HashSet<>() : undecided;
                undecided.add(flag.key());
                incomplete |= !flag.isClientOnly();
            }
        }
        Map<String, EvaluatedFlag> overrides = state.overrides() == null ? Map.of() : state.overrides();
        return new Answer(new ResultTable(snapshot, results, overrides), undecided, incomplete);
    }

    Answer some(FlagState state, FlagContext context, Set<String> keys) {
        FlagSnapshot snapshot = state.snapshot();
        Map<String, EvaluatedFlag> results = new HashMap<>();
        Set<String> undecided = new HashSet<>();
        boolean incomplete = false;
        for (String key : keys) {
            EvaluatedFlag result = state.override(key);
            CompiledFlag flag = snapshot.flag(key);
            if (result == null && flag != null) {
                result = evaluator.evaluate(snapshot, flag, context);
            }
            if (result != null) {
                results.put(key, result);
            } else if (flag != null) {
                undecided.add(key);
                incomplete = true;
            } else {
                incomplete |= !remote.isKnownMissing(key);
            }
        }
        return new Answer(ResultTable.of(results), undecided, incomplete);
    }
}
