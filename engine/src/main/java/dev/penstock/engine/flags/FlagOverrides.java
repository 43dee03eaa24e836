package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagOverride;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.flags.evaluation.CompiledFlag;
import dev.penstock.engine.flags.result.EvaluatedFlag;
import dev.penstock.engine.flags.result.PayloadReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Forced values, and payloads by value.
 *
 * <p><b>Threads:</b> any.
 */
final class FlagOverrides {

    private final FlagStore store;
    private final PayloadReader payloads;

    FlagOverrides(FlagStore store, PayloadReader payloads) {
        this.store = store;
        this.payloads = payloads;
    }

    void replace(Collection<FlagOverride> overrides) {
        Map<String, EvaluatedFlag> forced = new HashMap<>();
        for (FlagOverride override : overrides) {
            Optional<FlagPayload> payload = payloads.read(override.key(), override.payload());
            forced.put(override.key(), EvaluatedFlag.overridden(override.key(), override.value(), payload));
        }
        store.override(forced.isEmpty() ? null : Map.copyOf(forced));
    }

    /** The payload that belongs to a value, without an evaluation. */
    Optional<FlagPayload> payload(String key, FlagValue value) {
        FlagState state = store.stateAcquire();
        EvaluatedFlag forced = key == null ? null : state.override(key);
        if (forced != null && forced.value().equals(value)) {
            return forced.payload();
        }
        CompiledFlag flag = state.snapshot().flag(key);
        return flag == null ? Optional.empty() : flag.payload(value);
    }
}
