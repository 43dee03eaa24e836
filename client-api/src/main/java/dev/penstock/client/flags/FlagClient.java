package dev.penstock.client.flags;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Answers questions about feature flags.
 *
 * <p>Where the client has flag definitions (a {@linkplain dev.penstock.client.ClientConfig#secretKey() secret key}, a
 * file or bytes of them), it decides by itself, from memory, and asks nobody; the server is asked for what cannot be
 * decided only if {@linkplain dev.penstock.client.ClientConfig#remoteFallback() configured} or {@linkplain
 * FlagOptions#withRemoteFallback(boolean) allowed} for the call. Without definitions the server is asked, unless {@code
 * remoteFallback} says otherwise.
 *
 * <pre>{@code
 * FlagContext player = FlagContext.of(playerId, Map.of("plan", "pro"));
 * FlagEvaluations flags = client.flags().evaluateFlags(player, FlagOptions.DEFAULT);
 * if (flags.isEnabled("new-lobby")) {
 *     client.event("lobby opened").distinctId(playerId).flags(flags).send();
 * }
 * }</pre>
 *
 * <p>Missing is not off: a flag that does not exist or cannot be decided has the value {@link FlagValue#MISSING}.
 *
 * <p>Inside a {@linkplain dev.penstock.client.context.ContextClient request context} a {@link FlagContext} without a distinct id, or
 * null in its place, takes the request's, and what the request knows for flags is added beneath what the {@code FlagContext} says
 * itself, also where that asks about somebody else. Without a distinct id in either there are no flags: nothing is asked and
 * no use is reported. An answer that is still to come belongs to the context in which it was asked for.
 *
 * <p>A read of a value reports its use, once for each person, flag, value and groups, as the event {@code
 * $feature_flag_called}, unless the client or the call says otherwise.
 *
 * <p><b>Threads:</b> any. Local evaluation takes no lock, makes no system call and never waits for definitions to
 * arrive. The first report of a use copies an event into the ring and never waits for room there. A call that asks the
 * server waits for the answer, at most for the configured timeout and retries; the {@code ...Async} forms do not wait.
 * <b>Allocation:</b> none for single flags that definitions know, decided or not, except for regular expressions and for
 * the first report of a use. <b>After close:</b> local evaluation goes on with the last definitions; the server is not
 * asked and no use is reported. A client that is disabled answers {@link FlagValue#MISSING} to everything that is not
 * {@linkplain #override(Collection) forced}.
 */
public interface FlagClient {

    /**
     * Evaluates all flags, or those the options name, at once. The preferred form: one evaluation, many consistent reads.
     *
     * @param context whom the question is about
     * @param options how to answer; {@link FlagOptions#DEFAULT} as a rule
     * @return the evaluations; never null, and empty if no distinct id is known. At most one request is made
     */
    FlagEvaluations evaluateFlags(FlagContext context, FlagOptions options);

    /**
     * Makes flags to evaluate into again and again, for loops that must not allocate.
     *
     * @return flags without a value, for one thread at a time; never null
     */
    ReusableFlags reusableFlags();

    /**
     * Evaluates all flags, or those the options name, without waiting for the server.
     *
     * @param context whom the question is about
     * @param options how to answer
     * @return completed at once if no request is needed; never exceptionally. Dependents run on the caller's thread or on
     *     the common pool, never on a thread of the client
     */
    CompletionStage<FlagEvaluations> evaluateFlagsAsync(FlagContext context, FlagOptions options);

    /**
     * Whether a flag is on.
     *
     * @param key the flag's key
     * @param context whom the question is about
     * @return true for on and for any variant; false for off and for missing
     */
    boolean isEnabled(String key, FlagContext context);

    /**
     * Whether a flag is on, with an answer of the caller's for a flag that is missing.
     *
     * @param key the flag's key
     * @param context whom the question is about
     * @param ifMissing the answer if the flag is missing; a flag that is off stays off
     * @return whether the flag is on
     */
    boolean isEnabled(String key, FlagContext context, boolean ifMissing);

    /**
     * The value of a flag.
     *
     * @param key the flag's key
     * @param context whom the question is about
     * @return the value; never null
     */
    FlagValue getFlag(String key, FlagContext context);

    /**
     * The value of a flag with all that is known about it.
     *
     * @param key the flag's key
     * @param context whom the question is about
     * @param options how to answer; its keys have no effect here
     * @return the result; never null
     */
    FlagResult getFlagResult(String key, FlagContext context, FlagOptions options);

    /**
     * The value of a flag with all that is known about it, without waiting for the server.
     *
     * @param key the flag's key
     * @param context whom the question is about
     * @param options how to answer; its keys have no effect here
     * @return completed at once if no request is needed; never exceptionally. Dependents run as for {@link
     *     #evaluateFlagsAsync}
     */
    CompletionStage<FlagResult> getFlagResultAsync(String key, FlagContext context, FlagOptions options);

    /**
     * The payload that belongs to a flag's value. Reports no use.
     *
     * @param key the flag's key
     * @param context whom the question is about
     * @return the payload, or empty if there is none
     */
    Optional<FlagPayload> getPayload(String key, FlagContext context);

    /**
     * The payload that belongs to a value the caller already knows. Evaluates nothing and reports no use.
     *
     * @param key the flag's key
     * @param value the value to look the payload up for
     * @return the payload, or empty if there is none or there are no definitions
     */
    Optional<FlagPayload> getPayload(String key, FlagValue value);

    /**
     * The values of all flags, or of those the options name. Reports no use.
     *
     * @param context whom the question is about
     * @param options how to answer
     * @return an unmodifiable map from key to value; flags without a value are left out
     */
    Map<String, FlagValue> getAllFlags(FlagContext context, FlagOptions options);

    /**
     * The values of all flags, or of those the options name, with their payloads. Reports no use.
     *
     * @param context whom the question is about
     * @param options how to answer
     * @return an unmodifiable map from key to result; flags without a value are left out
     */
    Map<String, FlagResult> getAllFlagsAndPayloads(FlagContext context, FlagOptions options);

    /**
     * The payload of a remote configuration, which only the server knows and decrypts. Needs the secret key.
     *
     * @param key the remote configuration's key
     * @return the payload, or empty if there is none, it could not be had, or no secret key is configured, which is also
     *     logged. Completes as {@link #evaluateFlagsAsync} does, never exceptionally; waits for nobody
     */
    CompletionStage<Optional<FlagPayload>> getRemoteConfig(String key);

    /**
     * Whether flags can be decided locally.
     *
     * @return true if definitions have been loaded and hold at least one flag
     */
    boolean isLocalEvaluationReady();

    /**
     * Waits until flags can be decided locally. For the start of an application; never needed before an evaluation.
     *
     * @param timeout the longest time to wait; zero or negative does not wait
     * @return whether they can
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean awaitLocalEvaluation(Duration timeout) throws InterruptedException;

    /**
     * Loads the definitions now instead of at the next interval. A load under way is joined; after the server has refused
     * the key or asked for patience, the call answers false until that time is over.
     *
     * @return whether the definitions are now up to date; completes as {@link #evaluateFlagsAsync} does
     */
    CompletionStage<Boolean> reload();

    /**
     * Forces values, for tests and emergencies. They win over definitions and server for every context, need neither, and
     * report no use.
     *
     * @param overrides the values to force; they replace all that were forced before, and an empty collection ends it
     */
    void override(Collection<FlagOverride> overrides);

    /**
     * What has happened with flags so far.
     *
     * @return the figures
     */
    FlagStats stats();
}
