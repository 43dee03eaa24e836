package dev.penstock.engine.flags.remote;

import dev.penstock.client.flags.FlagValue;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One flag of an answer.
 *
 * @param key the flag's key
 * @param value its value, never missing
 * @param payload the payload's text, or null
 * @param reason why this value, or null
 * @param id the numeric id, if known
 * @param version the version, if known
 * @param hasExperiment whether the flag belongs to an experiment, if known
 */
public record RemoteFlag(
        String key,
        FlagValue value,
        String payload,
        String reason,
        OptionalLong id,
        OptionalInt version,
        Optional<Boolean> hasExperiment) {

    /** A flag of which only value and payload are known. */
    static RemoteFlag bare(String key, FlagValue value, String payload) {
        return new RemoteFlag(key, value, payload, null, OptionalLong.empty(), OptionalInt.empty(), Optional.empty());
    }
}
