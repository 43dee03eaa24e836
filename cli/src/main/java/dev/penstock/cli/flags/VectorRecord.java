package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagContext;
import java.time.Instant;

/** One line of a file of definitions and cases. */
sealed interface VectorRecord {

    /**
     * Definitions that cases refer to.
     *
     * @param id what cases call it
     * @param body the body as it stands in the file
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Definitions(String id, byte[] body) implements VectorRecord {}

    /**
     * One question.
     *
     * @param id what it is called in answers
     * @param kind what it exercises; null if not said
     * @param definitionsRef the definitions it refers to; null if not said
     * @param key the flag it asks for
     * @param context whom it asks about
     * @param now the clock to evaluate with; null for the present
     * @param expected the answer that is right; null if not said
     */
    record Case(
            String id,
            String kind,
            String definitionsRef,
            String key,
            FlagContext context,
            Instant now,
            FlagAnswer expected)
            implements VectorRecord {}
}
