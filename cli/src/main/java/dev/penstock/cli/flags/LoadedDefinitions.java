package dev.penstock.cli.flags;

import dev.penstock.engine.flags.definitions.FlagDefinition;
import dev.penstock.engine.flags.definitions.FlagDefinitions;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;

/**
 * Definitions as they were read, to speak of them, and as they were compiled, to evaluate them.
 *
 * @param source as they were read
 * @param snapshot as they were compiled
 */
record LoadedDefinitions(FlagDefinitions source, FlagSnapshot snapshot) {

    /** The flag as it was read; null if there is none. */
    FlagDefinition flag(String key) {
        for (FlagDefinition flag : source.flags()) {
            if (flag.key().equals(key)) {
                return flag;
            }
        }
        return null;
    }

    /** The name of a group type; null if it has none. */
    String groupType(String index) {
        return index == null ? null : source.groupTypes().get(index);
    }
}
