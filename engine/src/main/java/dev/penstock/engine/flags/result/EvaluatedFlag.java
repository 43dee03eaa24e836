package dev.penstock.engine.flags.result;

import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagValue;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The answer for one flag, wherever it comes from. Everything an accessor returns is made with the answer, so reading it
 * allocates nothing.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class EvaluatedFlag implements FlagResult {

    private static final Optional<String> EVALUATED_LOCALLY = Optional.of("Evaluated locally");
    private static final Optional<String> OVERRIDDEN = Optional.of("Overridden");

    private final String key;
    private final FlagValue value;
    private final Optional<FlagPayload> payload;
    private final boolean local;
    private final boolean overridden;
    private final Optional<String> reason;
    private final Optional<String> error;
    private final FlagMetadata metadata;
    private final String featureProperty;
    private final long usageFingerprint;

    private EvaluatedFlag(
            String key,
            FlagValue value,
            Optional<FlagPayload> payload,
            boolean local,
            Optional<String> reason,
            Optional<String> error,
            FlagMetadata metadata) {
        this.key = key;
        this.value = value;
        this.payload = payload;
        this.local = local;
        this.overridden = OVERRIDDEN.equals(reason) && local;
        this.reason = reason;
        this.error = error;
        this.metadata = metadata;
        this.featureProperty = "$feature/" + key;
        this.usageFingerprint = UsageFingerprint.of(key, value);
    }

    /**
     * An answer from definitions held here.
     *
     * @param key the flag's key
     * @param value the value
     * @param payload what belongs to the value
     * @param metadata what else is known of the flag
     * @return the answer
     */
    public static EvaluatedFlag local(
            String key, FlagValue value, Optional<FlagPayload> payload, FlagMetadata metadata) {
        return new EvaluatedFlag(key, value, payload, true, EVALUATED_LOCALLY, Optional.empty(), metadata);
    }

    /**
     * An answer of the server's.
     *
     * @param key the flag's key
     * @param value the value
     * @param payload what belongs to the value
     * @param reason what the server said; null if nothing
     * @param error what was wrong with the answer; null if nothing
     * @param metadata what else is known of the flag
     * @return the answer
     */
    public static EvaluatedFlag remote(
            String key,
            FlagValue value,
            Optional<FlagPayload> payload,
            String reason,
            String error,
            FlagMetadata metadata) {
        return new EvaluatedFlag(
                key, value, payload, false, Optional.ofNullable(reason), Optional.ofNullable(error), metadata);
    }

    /**
     * An answer that the application forces.
     *
     * @param key the flag's key
     * @param value the value
     * @param payload what belongs to the value
     * @return the answer, which counts as a local one
     */
    public static EvaluatedFlag overridden(String key, FlagValue value, Optional<FlagPayload> payload) {
        return new EvaluatedFlag(key, value, payload, true, OVERRIDDEN, Optional.empty(), FlagMetadata.NONE);
    }

    /**
     * The lack of an answer.
     *
     * @param key the key that was asked for
     * @param error why there is none; null if unknown
     * @return the answer
     */
    public static EvaluatedFlag missing(String key, String error) {
        return new EvaluatedFlag(
                key,
                FlagValue.MISSING,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.ofNullable(error),
                FlagMetadata.NONE);
    }

    /**
     * The same answer with another error.
     *
     * @param newError what is wrong with it; null if nothing
     * @return a new answer
     */
    public EvaluatedFlag withError(String newError) {
        return new EvaluatedFlag(key, value, payload, local, reason, Optional.ofNullable(newError), metadata);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public FlagValue value() {
        return value;
    }

    @Override
    public Optional<FlagPayload> payload() {
        return payload;
    }

    @Override
    public boolean isLocal() {
        return local;
    }

    @Override
    public Optional<String> reason() {
        return reason;
    }

    @Override
    public Optional<String> error() {
        return error;
    }

    @Override
    public OptionalLong id() {
        return metadata.id();
    }

    @Override
    public OptionalInt version() {
        return metadata.version();
    }

    @Override
    public Optional<Boolean> hasExperiment() {
        return metadata.hasExperiment();
    }

    /**
     * Whether the application forces this answer.
     *
     * @return true for answers of {@link #overridden}
     */
    public boolean isOverridden() {
        return overridden;
    }

    /**
     * The event property that tells the flag's value.
     *
     * @return {@code $feature/} and the key
     */
    public String featureProperty() {
        return featureProperty;
    }

    /**
     * A digest of key and value, by which uses of a flag are told apart.
     *
     * @return well mixed bits; {@code true}, a variant named {@code true} and missing differ
     */
    public long usageFingerprint() {
        return usageFingerprint;
    }

    /**
     * For logs: key and value, without the payload.
     *
     * @return the text
     */
    @Override
    public String toString() {
        return key + '=' + value;
    }
}
