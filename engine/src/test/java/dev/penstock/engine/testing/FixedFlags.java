package dev.penstock.engine.testing;

import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagValue;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Evaluations that a test has made up. Reading one of them as an application does is a failure: whoever attaches flags must
 * not access them.
 *
 * @param values key to value
 */
public record FixedFlags(Map<String, FlagValue> values) implements FlagEvaluations {

    /** One flag. */
    public static FixedFlags of(String key, FlagValue value) {
        return new FixedFlags(Map.of(key, value));
    }

    private static AssertionError accessed() {
        return new AssertionError("attaching is not an access");
    }

    @Override
    public String distinctId() {
        return "fixed";
    }

    @Override
    public Map<String, String> groups() {
        return Map.of();
    }

    @Override
    public Optional<String> error() {
        return Optional.empty();
    }

    @Override
    public Optional<String> requestId() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> evaluatedAt() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> definitionsLoadedAt() {
        return Optional.empty();
    }

    @Override
    public boolean isEnabled(String key) {
        throw accessed();
    }

    @Override
    public boolean isEnabled(String key, boolean ifMissing) {
        throw accessed();
    }

    @Override
    public FlagValue getFlag(String key) {
        throw accessed();
    }

    @Override
    public FlagResult getFlagResult(String key) {
        throw accessed();
    }

    @Override
    public Optional<FlagPayload> getPayload(String key) {
        throw accessed();
    }

    @Override
    public Set<String> keys() {
        return values.keySet();
    }

    @Override
    public FlagEvaluations only(Collection<String> keys) {
        return this;
    }

    @Override
    public FlagEvaluations onlyAccessed() {
        return this;
    }
}
