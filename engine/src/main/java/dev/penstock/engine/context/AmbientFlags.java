package dev.penstock.engine.context;

import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagContext;

/**
 * Lays what a request's context knows beneath what a question about flags says itself. What it knows of groups goes beneath
 * every question; what it knows of its person, the device included, only beneath those about that person.
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
    private final boolean knowsPerson;
    private final boolean knowsGroups;
    private volatile Merged latest;

    AmbientFlags(RequestContext values) {
        this.values = values;
        this.knowsPerson =
                values.deviceId() != null || !values.personPropertiesForFlags().isEmpty();
        this.knowsGroups = !values.groupPropertiesForFlags().isEmpty();
    }

    /** What to evaluate for; {@code explicit} wins and may be null. */
    FlagContext beneath(FlagContext explicit) {
        if (explicit != null && addsNothingTo(explicit)) {
            return explicit;
        }
        Merged merged = latest;
        if (merged == null || merged.explicit() != explicit) {
            merged = new Merged(explicit, merge(explicit));
            latest = merged;
        }
        return merged.whole();
    }

    private boolean addsNothingTo(FlagContext explicit) {
        boolean addsId = values.distinctId() != null && !hasId(explicit);
        return !knowsGroups && !addsId && !(knowsPerson && isAboutPersonOfContext(explicit));
    }

    private static boolean hasId(FlagContext explicit) {
        return explicit != null && !explicit.distinctId().isEmpty();
    }

    /** A context that does not know whom it is about knows its person by everything else. */
    private boolean isAboutPersonOfContext(FlagContext explicit) {
        return !hasId(explicit)
                || values.distinctId() == null
                || values.distinctId().equals(explicit.distinctId());
    }

    private FlagContext merge(FlagContext explicit) {
        FlagContext.Builder builder =
                FlagContext.builder(hasId(explicit) ? explicit.distinctId() : values.distinctId());
        if (isAboutPersonOfContext(explicit)) {
            builder.deviceId(values.deviceId()).personProperties(values.personPropertiesForFlags());
        }
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
