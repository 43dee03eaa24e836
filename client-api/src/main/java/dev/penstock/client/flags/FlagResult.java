package dev.penstock.client.flags;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The answer for one flag, with everything known about it.
 *
 * <p><b>Threads:</b> immutable; any. <b>Allocation:</b> none when read. Results of local evaluation are prepared when
 * definitions arrive and shared between all callers.
 */
public interface FlagResult {

    /**
     * The flag's key.
     *
     * @return the key that was asked for
     */
    String key();

    /**
     * The value.
     *
     * @return never null; {@link FlagValue#MISSING} if there is no answer
     */
    FlagValue value();

    /**
     * Whether the flag is on.
     *
     * @return true for on and for any variant; false for off and for missing
     */
    default boolean isEnabled() {
        return value().isEnabled();
    }

    /**
     * The payload that belongs to the value.
     *
     * @return the payload, or empty if there is none
     */
    Optional<FlagPayload> payload();

    /**
     * Whether the client decided by itself, from definitions it holds.
     *
     * @return false if the server answered, and if there is no answer
     */
    boolean isLocal();

    /**
     * Why this answer: {@code Evaluated locally}, or what the server said.
     *
     * @return the reason, or empty if none is known
     */
    Optional<String> reason();

    /**
     * Why there is no answer, or what was wrong with it: {@code flag_missing}, {@code local_evaluation_inconclusive},
     * {@code timeout}, {@code connection_error}, {@code quota_limited}, {@code errors_while_computing_flags}, {@code
     * api_error_503} and the like; several are joined by commas.
     *
     * @return the error, or empty if all is well
     */
    Optional<String> error();

    /**
     * The flag's numeric id.
     *
     * @return the id, if known
     */
    OptionalLong id();

    /**
     * The flag's version.
     *
     * @return the version, if known; the server's answers have it, definitions as a rule do not
     */
    OptionalInt version();

    /**
     * Whether the flag belongs to an experiment.
     *
     * @return true, false, or empty if unknown
     */
    Optional<Boolean> hasExperiment();
}
