package dev.penstock.engine.flags.result;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of a flag besides its value.
 *
 * @param id the numeric id, if known
 * @param version the version, if known
 * @param hasExperiment whether the flag belongs to an experiment, if known
 */
public record FlagMetadata(OptionalLong id, OptionalInt version, Optional<Boolean> hasExperiment) {

    /** Nothing is known. */
    public static final FlagMetadata NONE =
            new FlagMetadata(OptionalLong.empty(), OptionalInt.empty(), Optional.empty());

    /** Checks that unknown is empty, not null. */
    public FlagMetadata {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(hasExperiment, "hasExperiment");
    }
}
