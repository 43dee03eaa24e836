package dev.penstock.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An event as it is about to be sent, in the form a {@link BeforeSend} hook and an {@link
 * dev.penstock.client.testing.EventRecorder} see: a copy that has nothing in common with what the caller passed.
 *
 * <p>Properties are JSON values: strings, booleans, {@code Long}, {@code Double}, {@code BigInteger} and {@code BigDecimal}
 * where those are too small, null, and {@code List} and {@code Map} of them, all modifiable.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class OutgoingEvent {

    private String name;
    private String distinctId;
    private UUID uuid;
    private Instant timestamp;
    private final Map<String, Object> properties;

    /**
     * Makes an event.
     *
     * @param name its name
     * @param distinctId whom it is about
     * @param uuid its id
     * @param timestamp when it happened
     * @param properties its properties; copied, the values within are not
     */
    public OutgoingEvent(String name, String distinctId, UUID uuid, Instant timestamp, Map<String, ?> properties) {
        this.name = name;
        this.distinctId = distinctId;
        this.uuid = uuid;
        this.timestamp = timestamp;
        this.properties = new LinkedHashMap<>(properties);
    }

    /**
     * The event's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Renames the event.
     *
     * @param newName the name; null or blank is not a complete event
     */
    public void setName(String newName) {
        name = newName;
    }

    /**
     * Whom the event is about.
     *
     * @return the distinct id
     */
    public String distinctId() {
        return distinctId;
    }

    /**
     * Changes whom the event is about.
     *
     * @param newId the distinct id; null or blank is not a complete event
     */
    public void setDistinctId(String newId) {
        distinctId = newId;
    }

    /**
     * The event's id.
     *
     * @return the UUID
     */
    public UUID uuid() {
        return uuid;
    }

    /**
     * Changes the event's id.
     *
     * @param newUuid the UUID; null gives it a new one
     */
    public void setUuid(UUID newUuid) {
        uuid = newUuid;
    }

    /**
     * When the event happened.
     *
     * @return the instant
     */
    public Instant timestamp() {
        return timestamp;
    }

    /**
     * Changes when the event happened.
     *
     * @param newTimestamp the instant; null means now
     */
    public void setTimestamp(Instant newTimestamp) {
        timestamp = newTimestamp;
    }

    /**
     * The event's properties.
     *
     * @return a modifiable map
     */
    public Map<String, Object> properties() {
        return properties;
    }

    @Override
    public String toString() {
        return "OutgoingEvent{" + name + " of " + distinctId + ", " + uuid + ", " + timestamp + ", " + properties.size()
                + " properties}";
    }
}
