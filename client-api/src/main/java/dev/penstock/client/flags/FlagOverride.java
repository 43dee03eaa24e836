package dev.penstock.client.flags;

/**
 * A value forced upon a flag.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param key the flag's key; not null or empty
 * @param value the value; {@link FlagValue#MISSING} makes the flag missing
 * @param payload the payload's text, as a rule JSON; null or empty for none
 */
public record FlagOverride(String key, FlagValue value, String payload) {

    /**
     * Checks the key and value.
     *
     * @param key the flag's key
     * @param value the value
     * @param payload the payload's text, or null
     * @throws IllegalArgumentException if the key is null or empty or the value null
     */
    public FlagOverride {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("an override needs the key of a flag");
        }
        if (value == null) {
            throw new IllegalArgumentException("the override of " + key + " needs a value; FlagValue.MISSING hides it");
        }
    }

    /**
     * Forces a value without a payload.
     *
     * @param key the flag's key
     * @param value the value
     * @return the override
     */
    public static FlagOverride of(String key, FlagValue value) {
        return new FlagOverride(key, value, null);
    }
}
