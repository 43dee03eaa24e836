package dev.penstock.client.flags;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of many flags for one context, evaluated once and read many times: the preferred way to use flags within a
 * request. Later changes of definitions do not show; two reads of a flag never disagree.
 *
 * <p>Reading a value ({@link #isEnabled(String)}, {@link #getFlag(String)}, {@link #getFlagResult(String)}) marks the
 * flag as accessed and reports its use once, as the client is configured. Reading a payload does neither.
 *
 * <p>Attach it to events with {@link dev.penstock.client.EventWriter#flags(FlagEvaluations)}.
 *
 * <p><b>Threads:</b> any; reads never block, evaluate or touch the network. Values never change; only the set of accessed
 * flags grows. <b>Allocation:</b> none to read a value, except the first that
 * reports a use; a key that no definition has costs the answer that says so.
 */
public interface FlagEvaluations {

    /**
     * Whom the evaluations are about.
     *
     * @return the distinct id; empty if none was given, then no flag has a value unless it is forced
     */
    String distinctId();

    /**
     * The groups the evaluations are about.
     *
     * @return an unmodifiable map from group type to group key
     */
    Map<String, String> groups();

    /**
     * What was wrong with the server's part, in the words of {@link FlagResult#error()}. Local values are right all the same.
     *
     * @return the error, or empty if all is well or the server was not asked
     */
    Optional<String> error();

    /**
     * The server's id of the request it answered.
     *
     * @return the id, or empty if the server was not asked or gave none
     */
    Optional<String> requestId();

    /**
     * When the server evaluated.
     *
     * @return the time, or empty if the server was not asked or did not say
     */
    Optional<Instant> evaluatedAt();

    /**
     * When the definitions were loaded that local values come from.
     *
     * @return the time, or empty without definitions
     */
    Optional<Instant> definitionsLoadedAt();

    /**
     * Whether a flag is on.
     *
     * @param key the flag's key
     * @return true for on and for any variant; false for off and for missing
     */
    boolean isEnabled(String key);

    /**
     * Whether a flag is on, with an answer of the caller's for a flag that is missing.
     *
     * @param key the flag's key
     * @param ifMissing the answer if the flag is missing; a flag that is off stays off
     * @return whether the flag is on
     */
    boolean isEnabled(String key, boolean ifMissing);

    /**
     * The value of a flag.
     *
     * @param key the flag's key
     * @return the value, {@link FlagValue#MISSING} if there is none; never null
     */
    FlagValue getFlag(String key);

    /**
     * The value of a flag with all that is known about it.
     *
     * @param key the flag's key
     * @return the result; its value is {@link FlagValue#MISSING} if there is none; never null
     */
    FlagResult getFlagResult(String key);

    /**
     * The payload that belongs to a flag's value. Does not count as an access.
     *
     * @param key the flag's key
     * @return the payload, or empty if there is none
     */
    Optional<FlagPayload> getPayload(String key);

    /**
     * The keys of the flags that have a value.
     *
     * @return an unmodifiable set in no particular order
     */
    Set<String> keys();

    /**
     * All values. Does not count as an access.
     *
     * @return an unmodifiable map from key to value
     */
    Map<String, FlagValue> values();

    /**
     * These evaluations cut down to some flags, to attach only those to an event. Keys that have no value are left out
     * and logged once. The cut copies what has been accessed so far; reads of it do not flow back, and reading a flag it
     * does not have reports nothing.
     *
     * @param keys the keys to keep
     * @return new evaluations
     */
    FlagEvaluations only(Collection<String> keys);

    /**
     * These evaluations cut down to the flags whose value has been read so far.
     *
     * @return new evaluations; empty if nothing was read
     */
    FlagEvaluations onlyAccessed();
}
