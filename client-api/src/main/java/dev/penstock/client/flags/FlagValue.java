package dev.penstock.client.flags;

/**
 * The value of a flag: off, on, a variant, or missing. Missing is not off: it says that there is no answer, because the
 * flag does not exist or could not be decided.
 *
 * <p><b>Threads:</b> immutable; any. <b>Allocation:</b> none when read; values are made when definitions are compiled or
 * an answer of the server is read.
 */
public final class FlagValue {

    /** No answer. */
    public static final FlagValue MISSING = new FlagValue("missing", true, false, null);

    /** The flag is off. */
    public static final FlagValue FALSE = new FlagValue("false", false, false, null);

    /** The flag is on and has no variant. */
    public static final FlagValue TRUE = new FlagValue("true", false, true, null);

    private final String text;
    private final boolean missing;
    private final boolean enabled;
    private final String variant;

    private FlagValue(String text, boolean missing, boolean enabled, String variant) {
        this.text = text;
        this.missing = missing;
        this.enabled = enabled;
        this.variant = variant;
    }

    /**
     * On or off.
     *
     * @param enabled whether the flag is on
     * @return {@link #TRUE} or {@link #FALSE}
     */
    public static FlagValue of(boolean enabled) {
        return enabled ? TRUE : FALSE;
    }

    /**
     * A variant, which is also on.
     *
     * @param key the variant's key, which may be any text, {@code "true"} too
     * @return the value
     * @throws IllegalArgumentException if the key is null or empty
     */
    public static FlagValue variant(String key) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("a variant must have a key of at least one character");
        }
        return new FlagValue(key, false, true, key);
    }

    /**
     * Whether there is no answer.
     *
     * @return true only for {@link #MISSING}
     */
    public boolean isMissing() {
        return missing;
    }

    /**
     * Whether the flag is on, with or without a variant.
     *
     * @return false if it is off or missing
     */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Whether the value is a variant.
     *
     * @return true if {@link #variant()} is not null
     */
    public boolean isVariant() {
        return variant != null;
    }

    /**
     * The variant's key.
     *
     * @return the key, or null if the value is missing, off, or on without a variant
     */
    public String variant() {
        return variant;
    }

    /**
     * Whether this is the given variant; the cheapest way to branch.
     *
     * @param key a variant's key
     * @return true if the value is that variant
     */
    public boolean isVariant(String key) {
        return variant != null && variant.equals(key);
    }

    /**
     * The value as it stands in JSON.
     *
     * @return null if missing, a {@link Boolean}, or the variant's key
     */
    public Object toJsonValue() {
        if (variant != null) {
            return variant;
        }
        return missing ? null : (Object) enabled;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (variant != null && other instanceof FlagValue value && variant.equals(value.variant));
    }

    @Override
    public int hashCode() {
        return variant == null ? text.hashCode() : 31 * variant.hashCode() + 1;
    }

    /**
     * For logs: the variant's key, or {@code true}, {@code false} or {@code missing}.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return text;
    }
}
