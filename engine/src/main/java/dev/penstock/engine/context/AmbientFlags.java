package dev.penstock.engine.context;

import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagContext;

/**
 * Lays what a request's context knows beneath what a question about flags says itself.
 *
 * <p>Why it is shaped so: an application builds one {@link FlagContext} for a request and asks about many flags with it. The
 * latest merge is kept, so that only the first of these questions pays for it.
 *
 * <p><b>Threads:</b> any.
 */
final class AmbientFlags {

    /** A question's context and the same with what the request knows. */
    private record Merged(FlagContext explicit, FlagContext whole) {}

    private final RequestContext values;
    private final boolean isOnlyId;
    private volatile Merged latest;

    AmbientFlags(RequestContext values) {
        this.values = values;
        this.isOnlyId = values.deviceId() == null
                && values.personPropertiesForFlags().isEmpty()
                && values.groupPropertiesForFlags().isEmpty();
    }

    /** What to evaluate for; {@code explicit} wins and may be null. */
    FlagContext beneath(FlagContext explicit) {
        if (explicit != null
                && isOnlyId
                && (values.distinctId() == null || !explicit.distinctId().isEmpty())) {
            return explicit;
        }
        Merged merged = latest;
        if (merged == null || merged.explicit() != explicit) {
            merged = new Merged(explicit, merge(explicit));
            latest = merged;
        }
        return merged.whole();
    }

    private FlagContext merge(FlagContext explicit) {
        boolean hasId = explicit != null && !explicit.distinctId().isEmpty();
        FlagContext.Builder builder = FlagContext.builder(hasId ? explicit.distinctId() : values.distinctId())
                .deviceId(values.deviceId())
                .personProperties(values.personPropertiesForFlags());
        values.groupPropertiesForFlags().forEach(builder::groupProperties);
        if (explicit != null) {
            builder.personProperties(explicit.personProperties());
            explicit.groups().forEach(builder::group);
            explicit.groupProperties().forEach(builder::groupProperties);
            if (explicit.deviceId() != null) {
                builder.deviceId(explicit.deviceId());
            }
        }
        return builder.build();
    }
}
