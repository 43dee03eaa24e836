package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.engine.flags.remote.MissingKeys;
import dev.penstock.engine.flags.remote.RemoteAnswer;
import dev.penstock.engine.flags.remote.RemoteConfig;
import dev.penstock.engine.flags.remote.RemoteEvaluator;
import dev.penstock.engine.flags.remote.RemoteFlag;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.result.FlagMetadata;
import dev.penstock.engine.flags.result.PayloadReader;
import dev.penstock.engine.flags.usage.UsageSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The server's side of flags: whether it may be asked, what its answers mean, and waiting for them in bounded time.
 *
 * <p><b>Threads:</b> any.
 */
final class RemoteFlags {

    /** Said of a flag whose answer was not waited for any longer. */
    private static final String GIVEN_UP = "timeout";

    /** Said where the waiting thread was interrupted, or something failed that should not. */
    private static final String UNKNOWN = "unknown_error";

    private final RemoteEvaluator evaluator;
    private final RemoteConfig config;
    private final MissingKeys missing;
    private final PayloadReader payloads;
    private final boolean byDefault;
    private final boolean geoIpDisabled;
    private final long patienceNs;

    /**
     * Makes it.
     *
     * @param evaluator asks; null if the client is disabled
     * @param config fetches remote configuration; null if the client is disabled
     * @param missing keys the server is known not to have
     * @param payloads decodes payloads
     * @param byDefault whether the server is asked where a call does not say
     * @param geoIpDisabled what it is told about places where a call does not say
     * @param patience the longest time to wait for an answer with all its retries
     */
    RemoteFlags(
            RemoteEvaluator evaluator,
            RemoteConfig config,
            MissingKeys missing,
            PayloadReader payloads,
            boolean byDefault,
            boolean geoIpDisabled,
            Duration patience) {
        this.evaluator = evaluator;
        this.config = config;
        this.missing = missing;
        this.payloads = payloads;
        this.byDefault = byDefault;
        this.geoIpDisabled = geoIpDisabled;
        this.patienceNs = patience.toNanos();
    }

    boolean mayBeAsked(FlagOptions options) {
        return evaluator != null && options.remoteFallback(byDefault);
    }

    /** Only as long as definitions are being refreshed: nothing else would ever make the key be asked for again. */
    boolean isKnownMissing(String key) {
        return missing.contains(key);
    }

    /** Definitions were refreshed. */
    void forgetMissing() {
        missing.refreshed();
    }

    /** Asks for some flags, or for all if {@code keys} is null. Never completed exceptionally. */
    CompletableFuture<RemoteResults> ask(FlagContext context, Set<String> keys, FlagOptions options) {
        boolean noPlace = options.geoIpDisabled(geoIpDisabled);
        Boolean said = noPlace == geoIpDisabled ? null : Boolean.valueOf(noPlace);
        long refresh = missing.refreshes();
        return evaluator.evaluate(context, keys, noPlace).thenApply(answer -> results(answer, keys, said, refresh));
    }

    private RemoteResults results(RemoteAnswer answer, Set<String> keys, Boolean disableGeoIp, long refresh) {
        Map<String, EvaluatedFlag> flags = new HashMap<>();
        for (RemoteFlag flag : answer.flags().values()) {
            flags.put(flag.key(), result(flag, answer.error()));
        }
        if (keys != null && answer.isComplete()) {
            for (String key : keys) {
                if (!flags.containsKey(key)) {
                    missing.add(key, refresh);
                }
            }
        }
        UsageSource source = new UsageSource(
                answer.requestId(), answer.evaluatedAtMs(), 0, answer.minimalUsageEvents(), disableGeoIp);
        return new RemoteResults(flags, source, answer.error(), answer.isAnswer());
    }

    private EvaluatedFlag result(RemoteFlag flag, String error) {
        Optional<FlagPayload> payload = payloads.read(flag.key(), flag.payload());
        FlagMetadata metadata = new FlagMetadata(flag.id(), flag.version(), flag.hasExperiment());
        return EvaluatedFlag.remote(flag.key(), flag.value(), payload, flag.reason(), error, metadata);
    }

    CompletableFuture<Optional<FlagPayload>> config(String key) {
        if (config == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return config.fetch(key).thenApply(body -> body.flatMap(text -> decoded(key, text)));
    }

    /** The body is JSON; where it is a string, its content may be JSON in turn. */
    private Optional<FlagPayload> decoded(String key, String body) {
        Optional<FlagPayload> outer = payloads.read(key, body);
        return outer.isPresent() && outer.get().value() instanceof String text ? payloads.read(key, text) : outer;
    }

    /** Waits for an answer, not longer than asking with all retries may take. */
    <T> T await(CompletableFuture<T> answer, Function<String, T> ifGivenUp) {
        try {
            return answer.get(patienceNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ifGivenUp.apply(UNKNOWN);
        } catch (TimeoutException e) {
            return ifGivenUp.apply(GIVEN_UP);
        } catch (ExecutionException e) {
            return ifGivenUp.apply(UNKNOWN);
        }
    }

    long requests() {
        return evaluator == null ? 0 : evaluator.requests();
    }

    long failures() {
        return evaluator == null ? 0 : evaluator.failures();
    }

    void close() {
        if (evaluator != null) {
            evaluator.close();
        }
    }
}
