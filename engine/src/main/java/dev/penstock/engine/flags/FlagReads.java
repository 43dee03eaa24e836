package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.evaluation.FlagEvaluator;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageReporter;
import dev.penstock.engine.flags.usage.UsageSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Answers for single flags: forced values, then definitions, then, where that is allowed, the server.
 *
 * <p>Why it is shaped so: {@link #read} is the path of a flag that definitions decide, and holds nothing else: one acquire
 * load of the state, one lookup, one evaluation, one look at the reported uses. Everything that may wait or allocate is apart
 * from it. Guarded by {@code FlagEvaluationBenchmark}.
 *
 * <p><b>Threads:</b> any.
 */
final class FlagReads {

    private final FlagStore store;
    private final FlagEvaluator evaluator;
    private final RemoteFlags remote;
    private final UsageReporter reporter;
    private final boolean reportsByDefault;

    FlagReads(FlagStore store, FlagEvaluator evaluator, RemoteFlags remote, UsageReporter reporter) {
        this.store = store;
        this.evaluator = evaluator;
        this.remote = remote;
        this.reporter = reporter;
        this.reportsByDefault = reporter.isOn();
    }

    /** The value from wherever it can be had, its use reported; waits for the server if it is asked. */
    EvaluatedFlag read(String key, FlagContext context, FlagOptions options) {
        FlagState state = store.stateAcquire();
        EvaluatedFlag forced = state.override(key);
        if (forced != null || !isSomebody(context)) {
            return forced != null ? forced : nobody(key);
        }
        CompiledFlag flag = state.snapshot().flag(key);
        EvaluatedFlag result = flag == null ? null : evaluator.evaluate(state.snapshot(), flag, context);
        if (result == null) {
            return readUndecided(state, flag, key, context, options);
        }
        return reported(context, result, state.source(), options);
    }

    private EvaluatedFlag readUndecided(
            FlagState state, CompiledFlag flag, String key, FlagContext context, FlagOptions options) {
        if (!asks(state, flag, key, options)) {
            return local(state, flag, key, context, options);
        }
        // Reported here and not when the answer comes: what is reported is what the caller gets.
        RemoteResults answer = remote.await(
                remote.ask(context, Set.of(key), options), error -> RemoteResults.failed(error, state.source()));
        return reported(context, answer.get(key), answer.source(), options);
    }

    /** As {@link #read}, but does not wait; completed already if the server is not asked. */
    CompletableFuture<EvaluatedFlag> readAsync(String key, FlagContext context, FlagOptions options) {
        FlagState state = store.stateAcquire();
        EvaluatedFlag forced = state.override(key);
        if (forced != null || !isSomebody(context)) {
            return CompletableFuture.completedFuture(forced != null ? forced : nobody(key));
        }
        CompiledFlag flag = state.snapshot().flag(key);
        EvaluatedFlag result = flag == null ? null : evaluator.evaluate(state.snapshot(), flag, context);
        if (result != null) {
            return CompletableFuture.completedFuture(reported(context, result, state.source(), options));
        }
        if (!asks(state, flag, key, options)) {
            return CompletableFuture.completedFuture(local(state, flag, key, context, options));
        }
        return remote.ask(context, Set.of(key), options)
                .thenApply(answer -> reported(context, answer.get(key), answer.source(), options));
    }

    private boolean asks(FlagState state, CompiledFlag flag, String key, FlagOptions options) {
        return remote.mayBeAsked(options)
                && (flag != null || (key != null && !state.snapshot().isExcluded(key) && !remote.isKnownMissing(key)));
    }

    private EvaluatedFlag local(
            FlagState state, CompiledFlag flag, String key, FlagContext context, FlagOptions options) {
        EvaluatedFlag missing = state.undecided(flag, key);
        return state.isReported(flag, key) ? reported(context, missing, state.source(), options) : missing;
    }

    private EvaluatedFlag reported(FlagContext context, EvaluatedFlag result, UsageSource source, FlagOptions options) {
        if (options.usageEvents(reportsByDefault)) {
            reporter.read(context, result, source);
        }
        return result;
    }

    private static EvaluatedFlag nobody(String key) {
        return EvaluatedFlag.missing(key == null ? "" : key, null);
    }

    static boolean isSomebody(FlagContext context) {
        return context != null && !context.distinctId().isEmpty();
    }
}
