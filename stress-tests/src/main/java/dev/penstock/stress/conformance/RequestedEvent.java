package dev.penstock.stress.conformance;

import dev.penstock.client.EventBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event that the harness wants captured. It is read as a whole before it is captured, so that a call that cannot be
 * understood leaves no event half written.
 *
 * @param name the event's name
 * @param distinctId whom it is about
 * @param uuid its UUID; empty means that the client makes one
 * @param timestamp when it happened; empty means now
 * @param properties options among them, as properties
 */
record RequestedEvent(
        String name,
        String distinctId,
        Optional<String> uuid,
        Optional<Instant> timestamp,
        Map<String, Object> properties) {

    static RequestedEvent read(CallFields fields) throws BadCallException {
        Map<String, Object> properties = new LinkedHashMap<>(EventOption.asProperties(fields.object("options")));
        properties.putAll(fields.object("properties"));
        return new RequestedEvent(
                fields.requiredText("event"),
                fields.requiredText("distinct_id"),
                fields.text("uuid"),
                timestamp(fields),
                properties);
    }

    void fill(EventBuilder builder) {
        builder.distinctId(distinctId);
        uuid.ifPresent(builder::uuidText);
        timestamp.ifPresent(builder::timestamp);
        builder.putAll(properties);
    }

    private static Optional<Instant> timestamp(CallFields fields) throws BadCallException {
        try {
            return fields.text("timestamp")
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new BadCallException("timestamp is not ISO 8601 with an offset", e);
        }
    }
}
