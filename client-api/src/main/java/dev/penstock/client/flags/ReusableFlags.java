package dev.penstock.client.flags;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The values of many flags for one context after another, in memory that is used over and over: what {@link
 * FlagClient#evaluateFlags} answers, for loops that must not allocate.
 *
 * <pre>{@code
 * ReusableFlags flags = client.flags().reusableFlags();       // once for each thread
 * for (FlagContext player : players) {
 *     flags.evaluate(player, FlagOptions.DEFAULT);
 *     matchmaker.add(player.distinctId(), flags.isEnabled("ranked"), flags.getFlag("pool").variant());
 * }
 * }</pre>
 *
 * <p>Reads answer, and report uses, as those of {@link FlagEvaluations} do. Before the first evaluation no flag has a value
 * unless it was forced when these flags were made. To attach values to an event, or to keep them, take a {@linkplain #copy() copy}.
 *
 * <p><b>Threads:</b> one thread at a time; reads never block. An evaluation waits only where the server may be asked and
 * definitions do not decide, as {@code evaluateFlags} does. <b>Allocation:</b> none to evaluate or read what definitions
 * decide, but for a larger array when there are more flags than ever before, for the answer about a key that is not known,
 * for a {@linkplain #copy() copy}, and for what {@link FlagClient} names. Where keys are given, values are forced, no
 * distinct id is known or the server may be asked, an evaluation costs what {@code evaluateFlags} does; and where a request's
 * context knows something about the person or groups that is to be added, what adding it takes. <b>After close:</b> as for {@link FlagClient}.
 */
public interface ReusableFlags {

    /**
     * Evaluates all flags, or those the options name. What was here before is gone; copies and results that were handed out
     * stay as they are.
     *
     * @param context whom the question is about, kept until the next evaluation; null for the person of the request, if there
     *     is one
     * @param options how to answer, not null; {@link FlagOptions#DEFAULT} as a rule
     * @return this
     */
    ReusableFlags evaluate(FlagContext context, FlagOptions options);

    /**
     * Whom the latest evaluation is about.
     *
     * @return the distinct id; empty if there is none
     */
    String distinctId();

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
     * The payload that belongs to a flag's value. Reports no use.
     *
     * @param key the flag's key
     * @return the payload, or empty if there is none
     */
    Optional<FlagPayload> getPayload(String key);

    /**
     * Hands out each flag that has a value, in no particular order. Reports no use.
     *
     * @param action told each result, not null; must not evaluate into these flags meanwhile
     */
    void forEach(Consumer<? super FlagResult> action);

    /**
     * The latest evaluation as a value of its own, to attach it to events or to hand it on. What has been read so far counts
     * as accessed in it.
     *
     * @return new evaluations, which later ones here do not change
     */
    FlagEvaluations copy();
}
