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
 * <p>Why it is shaped so: {@link #local} is the path of a flag that definitions decide, and holds nothing else: one
 * acquire load of the state, one lookup, one evaluation, one look at the reported uses. Everything that may wait or allocate
 * is apart from it. Guarded by {@code FlagEvaluationBenchmark}.
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

    /** The value that definitions give, its use reported; null if they give none or something else rules. */
    EvaluatedFlag local(String key, FlagContext context, FlagOptions options) {
        FlagState state = store.stateAcquire();
        if (state.overrides() != null || !isSomebody(context)) {
            return null;
        }
        CompiledFlag flag = state.snapshot().flag(key);
        EvaluatedFlag result = flag == null ? null : evaluator.evaluate(state.snapshot(), flag, context);
        if (result != null && options.usageEvents(reportsByDefault)) {
            reporter.read(context, result, state.source());
        }
        return result;
    }

    /** The value from wherever it can be had, its use reported; completed already if the server is not asked. */
    CompletableFuture<EvaluatedFlag> anywhere(String key, FlagContext context, FlagOptions options) {
        FlagState state = store.stateAcquire();
        EvaluatedFlag forced = key == null ? null : state.override(key);
        if (forced != null) {
            return CompletableFuture.completedFuture(forced);
        }
        if (!isSomebody(context) || key == null) {
            return CompletableFuture.completedFuture(EvaluatedFlag.missing(key == null ? "" : key, null));
        }
        CompiledFlag flag = state.snapshot().flag(key);
        EvaluatedFlag result = flag == null ? null : evaluator.evaluate(state.snapshot(), flag, context);
        boolean asks = result == null && remote.mayBeAsked(options) && (flag != null || !remote.isKnownMissing(key));
        if (!asks) {
            if (result == null) {
                String error = flag == null ? EvaluationOrigin.FLAG_MISSING : EvaluationOrigin.INCONCLUSIVE;
                result = EvaluatedFlag.missing(key, error);
            }
            return CompletableFuture.completedFuture(reported(context, result, state.source(), options));
        }
        return remote.ask(context, Set.of(key), options)
                .thenApply(answer -> reported(context, answer.get(key), answer.source(), options));
    }

    private EvaluatedFlag reported(FlagContext context, EvaluatedFlag result, UsageSource source, FlagOptions options) {
        if (options.usageEvents(reportsByDefault)) {
            reporter.read(context, result, source);
        }
        return result;
    }

    static boolean isSomebody(FlagContext context) {
        return context != null && !context.distinctId().isEmpty();
    }
}
