package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.usage.UsageReporter;
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

    /** Waits for the server if it is asked; whatever comes of that, local values are there. */
    EvaluatedFlags evaluate(FlagContext context, FlagOptions options) {
        Question question = new Question(context, options);
        return question.asks()
                ? question.merged(remote.await(question.ask(), error -> question.failed(error)))
                : question.answeredLocally();
    }

    /** Evaluates into flags that are used again: as numbers where definitions decide alone, else as everybody gets them. */
    void evaluate(FlagContext context, FlagOptions options, RefilledFlags into) {
        FlagState state = store.stateAcquire();
        boolean alone = FlagReads.isSomebody(context)
                && options.keys().isEmpty()
                && state.overrides() == null
                && !remote.mayBeAsked(options);
        if (alone) {
            local.fill(into.outcomes(state.snapshot().size()), state, context);
            into.decided(state, context, options.usageEvents(reporter.isOn()) ? reporter : null);
        } else {
            into.take(evaluate(context, options));
        }
    }

    /** What outcomes of all flags come to; they are owned by the answer from now on. */
    EvaluatedFlags evaluated(FlagState state, FlagContext context, int[] outcomes, UsageReporter told) {
        LocalFlags.Answer answer = LocalFlags.answer(state, outcomes);
        EvaluationOrigin origin = new EvaluationOrigin(state, null, answer.undecided(), told, false, errors);
        return new EvaluatedFlags(context, answer.results(), origin);
    }

    /** As {@link #evaluate}, but does not wait; completed already if the server is not asked. */
    CompletableFuture<EvaluatedFlags> evaluateAsync(FlagContext context, FlagOptions options) {
        Question question = new Question(context, options);
        return question.asks()
                ? question.ask().thenApply(question::merged)
                : CompletableFuture.completedFuture(question.answeredLocally());
    }

    /** Local values only, whatever is configured, and no reports. Null if nobody is asked about. */
    EvaluatedFlags evaluateLocally(FlagContext context) {
        FlagOptions quietly = FlagOptions.DEFAULT.withRemoteFallback(false).withUsageEvents(false);
        return FlagReads.isSomebody(context) ? new Question(context, quietly).answeredLocally() : null;
    }

    /** One evaluation: what could be decided locally, and what is to become of the rest. */
    private final class Question {

        private final FlagContext context;
        private final FlagOptions options;
        private final Set<String> keys;
        private final FlagState state = store.stateAcquire();
        private final UsageReporter told;
        private final LocalFlags.Answer answer;

        Question(FlagContext context, FlagOptions options) {
            boolean somebody = FlagReads.isSomebody(context);
            this.context = somebody ? context : FlagContext.of("");
            this.options = options;
            this.keys = options.keys().orElse(null);
            this.told = somebody && options.usageEvents(reporter.isOn()) ? reporter : null;
            if (!somebody) {
                this.answer = local.nobody(state, keys);
            } else {
                this.answer = keys == null ? local.all(state, context) : local.some(state, context, keys);
            }
        }

        boolean asks() {
            return answer.incomplete() && remote.mayBeAsked(options);
        }

        CompletableFuture<RemoteResults> ask() {
            return remote.ask(context, keys, options);
        }

        RemoteResults failed(String error) {
            return RemoteResults.failed(error, state.source());
        }

        EvaluatedFlags answeredLocally() {
            EvaluationOrigin origin = new EvaluationOrigin(state, null, answer.undecided(), told, false, errors);
            return new EvaluatedFlags(context, answer.results(), origin);
        }

        EvaluatedFlags merged(RemoteResults more) {
            Map<String, EvaluatedFlag> filled = new HashMap<>();
            for (EvaluatedFlag flag : more.flags().values()) {
                boolean wanted = keys == null || keys.contains(flag.key());
                if (wanted && answer.results().get(flag.key()) == null) {
                    filled.put(flag.key(), flag);
                }
            }
            Set<String> undecided = new HashSet<>(answer.undecided());
            undecided.removeAll(more.flags().keySet());
            EvaluationOrigin origin = new EvaluationOrigin(state, more, undecided, told, false, errors);
            return new EvaluatedFlags(context, answer.results().with(filled), origin);
        }
    }
}
