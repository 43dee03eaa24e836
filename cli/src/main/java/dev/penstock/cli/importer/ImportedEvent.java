package dev.penstock.cli.importer;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A line, read.
 *
 * @param event the event's name
 * @param distinctId whom it is about
 * @param timestamp when it happened; null when the line does not say
 * @param uuid the line's own id; null when it has none
 * @param properties the properties in the order of the line
 * @param unknownFields whether the line has other fields, which are not sent
 */
record ImportedEvent(
        String event,
        String distinctId,
        Instant timestamp,
        UUID uuid,
        Map<String, Object> properties,
        boolean unknownFields) {
    private static final Set<String> POSTHOGS = Set.of("$identify", "$create_alias", "$groupidentify", "$set");

    /** Whether the event is about somebody who has no profile, so that its id is nobody's name. */
    boolean isPersonless() {
        return Boolean.FALSE.equals(properties.get("$process_person_profile"));
    }

    /** Whether it is one of the events by whose name PostHog changes a person or a group. */
    boolean isPostHogs() {
        return POSTHOGS.contains(event);
    }
}
