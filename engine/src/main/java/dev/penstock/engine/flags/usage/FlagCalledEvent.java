package dev.penstock.engine.flags.usage;

import dev.penstock.client.EventTranslator;
import dev.penstock.client.EventWriter;
import dev.penstock.engine.flags.result.EvaluatedFlag;

/**
 * Writes the event {@code $feature_flag_called}.
 *
 * <p>Its minimal form leaves out everything that is not needed to count uses; it is chosen where definitions or answer
 * ask for it and the flag is known to belong to no experiment. Unknown fields are left out of both forms.
 *
 * <p><b>Threads:</b> stateless; any.
 */
final class FlagCalledEvent implements EventTranslator<FlagUse> {

    /** A longer payload is left out: the event matters more, and is written on the reader's thread. */
    private static final int MAX_PAYLOAD_CHARS = 4_096;

    @Override
    public void translate(EventWriter event, FlagUse use) {
        EvaluatedFlag result = use.result();
        boolean minimal = use.isMinimal();
        event.event("$feature_flag_called").distinctId(use.context().distinctId());
        use.context().groups().forEach(event::group);
        event.put("$feature_flag", result.key());
        Object response = result.value().toJsonValue();
        event.put("$feature_flag_response", response);
        event.put("locally_evaluated", result.isLocal());
        if (!minimal) {
            event.put(result.featureProperty(), response);
            result.payload()
                    .filter(payload -> payload.text().length() <= MAX_PAYLOAD_CHARS)
                    .ifPresent(payload -> event.put("$feature_flag_payload", payload.value()));
        }
        flag(event, result);
        origin(event, use, minimal);
    }

    private static void flag(EventWriter event, EvaluatedFlag result) {
        result.id().ifPresent(id -> event.put("$feature_flag_id", id));
        result.version().ifPresent(version -> event.put("$feature_flag_version", version));
        result.reason().ifPresent(reason -> event.put("$feature_flag_reason", reason));
        result.hasExperiment().ifPresent(known -> event.put("$feature_flag_has_experiment", (boolean) known));
        result.error().ifPresent(error -> event.put("$feature_flag_error", error));
    }

    private static void origin(EventWriter event, FlagUse use, boolean minimal) {
        UsageSource source = use.source();
        if (use.result().isLocal()) {
            event.put("$feature_flag_evaluated_at", use.nowMs());
            if (!minimal && source.definitionsLoadedAtMs() > 0) {
                event.put("$feature_flag_definitions_loaded_at", source.definitionsLoadedAtMs());
            }
        } else {
            if (source.requestId() != null) {
                event.put("$feature_flag_request_id", source.requestId());
            }
            if (source.evaluatedAtMs() > 0) {
                event.put("$feature_flag_evaluated_at", source.evaluatedAtMs());
            }
        }
        if (source.disableGeoIp() != null) {
            event.put("$geoip_disable", (boolean) source.disableGeoIp());
        }
    }
}
