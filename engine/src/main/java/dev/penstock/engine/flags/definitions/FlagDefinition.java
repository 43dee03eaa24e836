package dev.penstock.engine.flags.definitions;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One flag.
 *
 * @param key its identity
 * @param id its number, if known
 * @param version its version, if known
 * @param hasExperiment whether it belongs to an experiment, if known
 * @param active whether it is neither switched off nor deleted
 * @param clientOnly whether it is meant for clients, not for servers
 * @param contexts the evaluation contexts it is limited to; empty means none
 * @param rules how its value is found; null if the flag is not active, or malformed
 * @param malformed why the flag is not usable; null if it is
 * @param digest digests everything the definition says, in whatever order
 */
public record FlagDefinition(
        String key,
        OptionalLong id,
        OptionalInt version,
        Optional<Boolean> hasExperiment,
        boolean active,
        boolean clientOnly,
        List<String> contexts,
        FlagRules rules,
        String malformed,
        long digest) {}
