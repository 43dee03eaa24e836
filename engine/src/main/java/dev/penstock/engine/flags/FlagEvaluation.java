package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageReporter;
import dev.penstock.engine.flags.usage.UsageSource;
import dev.penstock.engine.stats.DistinctErrors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Evaluates many flags at once: locally from one state, and with at most one request for what is left. Local values win.
 *
 * <p><b>Threads:</b> any.
 */
final class FlagEvaluation {

    private static final UsageSource NOWHERE = new UsageSource(null, 0, 0, false, null);

    private final FlagStore store;
    private final LocalFlags local;
    private final RemoteFlags remote;
    private final UsageReporter reporter;
    private final DistinctErrors errors;

    FlagEvaluation(
            FlagStore store, LocalFlags local, RemoteFlags remote, UsageReporter reporter, DistinctErrors errors) {
        this.store = store;
        this.local = local;
        this.remote = remote;
        this.reporter = reporter;
        this.errors = errors;
    }

    /** Completed already if the server is not asked. */
    CompletableFuture<EvaluatedFlags> evaluate(FlagContext context, FlagOptions options) {
        FlagState state = store.stateAcquire();
        Set<String> keys = options.keys().orElse(null);
        UsageReporter told = options.usageEvents(reporter.isOn()) ? reporter : null;
        if (!FlagReads.isSomebody(context)) {
            return CompletableFuture.completedFuture(nobody(state, keys));
        }
        LocalFlags.Answer answer = keys == null ? local.all(state, context) : local.some(state, context, keys);
        if (!answer.incomplete() || !remote.mayBeAsked(options)) {
            EvaluationOrigin origin =
                    new EvaluationOrigin(state.source(), state.source(), answer.undecided(), null, told, true, errors);
            return CompletableFuture.completedFuture(new EvaluatedFlags(context, answer.results(), origin));
        }
        return remote.ask(context, keys, options).thenApply(more -> merged(context, state, answer, more, keys, told));
    }

    /** Local values only, whatever is configured. Null if nobody is asked about. */
    EvaluatedFlags evaluateLocally(FlagContext context) {
        if (!FlagReads.isSomebody(context)) {
            return null;
        }
        FlagState state = store.stateAcquire();
        EvaluationOrigin origin =
                new EvaluationOrigin(state.source(), state.source(), Set.of(), null, null, false, errors);
        return new EvaluatedFlags(context, local.all(state, context).results(), origin);
    }

    /** Without anybody to evaluate for there are only forced values, and nothing is reported. */
    private EvaluatedFlags nobody(FlagState state, Set<String> keys) {
        Map<String, EvaluatedFlag> forced = new HashMap<>();
        if (state.overrides() != null) {
            forced.putAll(state.overrides());
            forced.keySet().removeIf(key -> keys != null && !keys.contains(key));
        }
        EvaluationOrigin origin = new EvaluationOrigin(NOWHERE, NOWHERE, Set.of(), null, null, false, errors);
        return new EvaluatedFlags(FlagContext.of(""), ResultTable.of(forced), origin);
    }

    private EvaluatedFlags merged(
            FlagContext context,
            FlagState state,
            LocalFlags.Answer answer,
            RemoteResults more,
            Set<String> keys,
            UsageReporter told) {
        Map<String, EvaluatedFlag> filled = new HashMap<>();
        for (EvaluatedFlag flag : more.flags().values()) {
            boolean wanted = keys == null || keys.contains(flag.key());
            if (wanted && answer.results().get(flag.key()) == null) {
                filled.put(flag.key(), flag);
            }
        }
        Set<String> undecided = new HashSet<>(answer.undecided());
        undecided.removeAll(more.flags().keySet());
        EvaluationOrigin origin =
                new EvaluationOrigin(state.source(), more.source(), undecided, more.error(), told, true, errors);
        return new EvaluatedFlags(context, answer.results().with(filled), origin);
    }
}
