package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagEvaluator;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import java.util.Arrays;
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
        int[] outcomes = new int[state.snapshot().size()];
        fill(outcomes, state, context);
        return answer(state, outcomes);
    }

    /** The outcomes of all flags, which have no regard to forced values, into an array with room for them. */
    void fill(int[] outcomes, FlagState state, FlagContext context) {
        evaluator.evaluateAll(state.snapshot(), context, outcomes);
    }

    /** What the outcomes of all flags come to. */
    static Answer answer(FlagState state, int[] outcomes) {
        FlagSnapshot snapshot = state.snapshot();
        Set<String> undecided = Set.of();
        boolean incomplete = outcomes.length == 0;
        for (int i = 0; i < outcomes.length; i++) {
            CompiledFlag flag = snapshot.flag(i);
            if (flag.answer(outcomes[i]) == null && state.override(flag.key()) == null) {
                undecided = undecided.isEmpty() ? new HashSet<>() : undecided;
                undecided.add(flag.key());
                incomplete |= !flag.isClientOnly();
            }
        }
        Map<String, EvaluatedFlag> overrides = state.overrides() == null ? Map.of() : state.overrides();
        return new Answer(new ResultTable(snapshot, outcomes, overrides), undecided, incomplete);
    }

    Answer some(FlagState state, FlagContext context, Set<String> keys) {
        FlagSnapshot snapshot = state.snapshot();
        CompiledFlag[] flags = new CompiledFlag[keys.size()];
        EvaluatedFlag[] evaluated = new EvaluatedFlag[flags.length];
        Map<String, EvaluatedFlag> results = new HashMap<>();
        boolean incomplete = false;
        int known = 0;
        for (String key : keys) {
            EvaluatedFlag forced = state.override(key);
            CompiledFlag flag = snapshot.flag(key);
            if (forced != null) {
                results.put(key, forced);
            } else if (flag != null) {
                flags[known++] = flag;
            } else {
                incomplete |= !snapshot.isExcluded(key) && !remote.isKnownMissing(key);
            }
        }
        evaluator.evaluateSome(snapshot, context, Arrays.copyOf(flags, known), evaluated);
        Set<String> undecided = new HashSet<>();
        for (int i = 0; i < known; i++) {
            if (evaluated[i] != null) {
                results.put(flags[i].key(), evaluated[i]);
            } else {
                undecided.add(flags[i].key());
                incomplete = true;
            }
        }
        return new Answer(ResultTable.of(results), undecided, incomplete);
    }

    /** Without anybody to evaluate for there are only forced values, and there is nothing to ask. */
    Answer nobody(FlagState state, Set<String> keys) {
        Map<String, EvaluatedFlag> forced = new HashMap<>();
        if (state.overrides() != null) {
            forced.putAll(state.overrides());
            forced.keySet().removeIf(key -> keys != null && !keys.contains(key));
        }
        return new Answer(ResultTable.of(forced), Set.of(), false);
    }
}
