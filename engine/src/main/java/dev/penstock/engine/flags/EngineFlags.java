package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagOverride;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagStats;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.client.flags.ReusableFlags;
import dev.penstock.engine.record.AttachedFlags;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The flag client: hands each question to the part that answers it, with what the request at hand adds to it, and waits where
 * the caller wants to wait.
 *
 * <p><b>Threads:</b> any; see {@link FlagClient}.
 */
public final class EngineFlags implements FlagClient {

    private static final FlagOptions UNREPORTED = FlagOptions.DEFAULT.withUsageEvents(false);

    private final UnaryOperator<FlagContext> ambient;
    private final FlagReads reads;
    private final FlagEvaluation evaluation;
    private final FlagOverrides overrides;
    private final RemoteFlags remote;
    private final FlagLifecycle lifecycle;

    EngineFlags(
            UnaryOperator<FlagContext> ambient,
            FlagReads reads,
            FlagEvaluation evaluation,
            FlagOverrides overrides,
            RemoteFlags remote,
            FlagLifecycle lifecycle) {
        this.ambient = ambient;
        this.reads = reads;
        this.evaluation = evaluation;
        this.overrides = overrides;
        this.remote = remote;
        this.lifecycle = lifecycle;
    }

    @Override
    public boolean isEnabled(String key, FlagContext context) {
        return reads.read(key, ambient.apply(context), FlagOptions.DEFAULT).isEnabled();
    }

    @Override
    public boolean isEnabled(String key, FlagContext context, boolean ifMissing) {
        FlagValue value =
                reads.read(key, ambient.apply(context), FlagOptions.DEFAULT).value();
        return value.isMissing() ? ifMissing : value.isEnabled();
    }

    @Override
    public FlagValue getFlag(String key, FlagContext context) {
        return reads.read(key, ambient.apply(context), FlagOptions.DEFAULT).value();
    }

    @Override
    public FlagResult getFlagResult(String key, FlagContext context, FlagOptions options) {
        return reads.read(key, ambient.apply(context), options);
    }

    @Override
    public CompletionStage<FlagResult> getFlagResultAsync(String key, FlagContext context, FlagOptions options) {
        return handedOver(reads.readAsync(key, ambient.apply(context), options), result -> result);
    }

    @Override
    public FlagEvaluations evaluateFlags(FlagContext context, FlagOptions options) {
        return evaluation.evaluate(ambient.apply(context), options);
    }

    @Override
    public ReusableFlags reusableFlags() {
        return new RefilledFlags(evaluation, ambient);
    }

    @Override
    public CompletionStage<FlagEvaluations> evaluateFlagsAsync(FlagContext context, FlagOptions options) {
        return handedOver(evaluation.evaluateAsync(ambient.apply(context), options), evaluations -> evaluations);
    }

    @Override
    public Optional<FlagPayload> getPayload(String key, FlagContext context) {
        return reads.read(key, ambient.apply(context), UNREPORTED).payload();
    }

    @Override
    public Optional<FlagPayload> getPayload(String key, FlagValue value) {
        return overrides.payload(key, value);
    }

    @Override
    public Map<String, FlagValue> getAllFlags(FlagContext context, FlagOptions options) {
        return evaluation.evaluate(ambient.apply(context), options).values();
    }

    @Override
    public Map<String, FlagResult> getAllFlagsAndPayloads(FlagContext context, FlagOptions options) {
        Map<String, FlagResult> results = new LinkedHashMap<>();
        evaluation.evaluate(ambient.apply(context), options).forEach(result -> results.put(result.key(), result));
        return Collections.unmodifiableMap(results);
    }

    @Override
    public CompletionStage<Optional<FlagPayload>> getRemoteConfig(String key) {
        return handedOver(remote.config(key), payload -> payload);
    }

    @Override
    public boolean isLocalEvaluationReady() {
        return lifecycle.isReady();
    }

    @Override
    public boolean awaitLocalEvaluation(Duration timeout) throws InterruptedException {
        return lifecycle.awaitReady(timeout);
    }

    @Override
    public CompletionStage<Boolean> reload() {
        return handedOver(lifecycle.reload(), loaded -> loaded);
    }

    @Override
    public void override(Collection<FlagOverride> forced) {
        overrides.replace(forced);
    }

    @Override
    public FlagStats stats() {
        return lifecycle.stats();
    }

    /**
     * All flags that definitions decide, for an event to carry.
     *
     * @param context whom to evaluate for
     * @return the flags, or null if nobody is asked about
     */
    public AttachedFlags attachment(FlagContext context) {
        EvaluatedFlags evaluated = evaluation.evaluateLocally(ambient.apply(context));
        return evaluated == null ? null : evaluated.attachedFlags();
    }

    /** Takes definitions to start with, on the calling thread, and begins to load them. */
    public void start() {
        lifecycle.start();
    }

    /** Captures what has been counted and asks the server nothing more. Does not wait; evaluations go on. */
    public void stop() {
        lifecycle.stop();
    }

    /**
     * Waits for the threads to end, after {@link #stop()}.
     *
     * @param timeoutMs the longest time to wait
     * @return false if they have not ended in time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean join(long timeoutMs) throws InterruptedException {
        return lifecycle.close(timeoutMs);
    }

    /** An answer that is still to come is handed to the common pool, so that no dependent runs on a thread of ours. */
    private static <T, R> CompletionStage<R> handedOver(CompletableFuture<T> answer, Function<T, R> as) {
        return answer.isDone() ? answer.thenApply(as) : answer.thenApplyAsync(as);
    }
}
