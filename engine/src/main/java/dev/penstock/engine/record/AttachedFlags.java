package dev.penstock.engine.record;

import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagValue;
import java.util.Map;

/**
 * The flags attached to an event, on their way to the encoder: immutable values, and the JSON made of them once, so that
 * evaluations attached to many events are encoded one time.
 *
 * <p><b>Threads:</b> any; the JSON is made and kept by pipeline threads.
 */
public final class AttachedFlags {

    private final Map<String, FlagValue> values;
    private volatile Object encoded;

    /**
     * Makes an attachment.
     *
     * @param values key to value, none of them missing; must never change
     */
    public AttachedFlags(Map<String, FlagValue> values) {
        this.values = values;
    }

    /** Evaluations that carry their own attachment. */
    public interface Source {

        /**
         * The attachment.
         *
         * @return always the same
         */
        AttachedFlags attachedFlags();
    }

    /**
     * The attachment of evaluations.
     *
     * @param evaluations the engine's own, or an application's implementation, which is read at once
     * @return the attachment
     */
    public static AttachedFlags of(FlagEvaluations evaluations) {
        return evaluations instanceof Source source
                ? source.attachedFlags()
                : new AttachedFlags(Map.copyOf(evaluations.values()));
    }

    /**
     * The values.
     *
     * @return key to value
     */
    public Map<String, FlagValue> values() {
        return values;
    }

    /**
     * What an encoder has kept.
     *
     * @return the JSON in the encoder's form, or null
     */
    public Object encoded() {
        return encoded;
    }

    /**
     * Keeps the JSON for the next event with these flags.
     *
     * @param json in the encoder's form; immutable
     */
    public void keepEncoded(Object json) {
        encoded = json;
    }
}
