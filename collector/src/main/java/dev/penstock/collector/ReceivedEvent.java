package dev.penstock.collector;

import java.time.Instant;
import java.util.Map;

/**
 * One event of an accepted request, as it was on the wire.
 * <p>
 * Properties are parsed from {@link #json()} on each call, which keeps a stored event small: take the map once when
 * several values are needed.
 *
 * <pre>{@code
 * ReceivedEvent event = collector.events().get(0);
 * assertEquals(12900L, event.property("amount_cents"));
 * }</pre>
 *
 * <b>Threads:</b> immutable.
 *
 * @param route the route it came by
 * @param event the event name; on the Segment route the event of a track, the name of a page or screen, the group id of a
 *     group or the previous id of an alias, empty when there is none
 * @param distinctId the distinct id at the root of the event; on the Segment route the user id, or without one the
 *     anonymous id
 * @param uuid the uuid, letter for letter; on the Segment route the message id if it is a UUID in small letters, and the
 *     name-based UUID of its text otherwise
 * @param timestamp the instant of {@code timestampText}; digits beyond nanoseconds are cut
 * @param timestampText the timestamp, letter for letter
 * @param json the whole event object, exactly as received
 */
public record ReceivedEvent(
        Route route,
        String event,
        String distinctId,
        String uuid,
        Instant timestamp,
        String timestampText,
        String json) {

    /**
     * Parses the properties. On the Segment route they are the traits of an identify or group message, the properties of a
     * track, page or screen message, and nothing of an alias.
     *
     * @return an unmodifiable map in the order received, never null; empty when the event has none. Whole numbers are {@code Long}, or
     *     {@code BigInteger} when they do not fit; other numbers are {@code Double}, or {@code BigDecimal} when a double
     *     would change the value; objects are maps, arrays are lists, JSON null is null
     */
    public Map<String, Object> properties() {
        return JsonValues.objectField(json, route.propertiesField(json));
    }

    /**
     * Parses the properties and takes one.
     *
     * @param name property name
     * @return its value in the types of {@link #properties()}; null when absent or JSON null
     */
    public Object property(String name) {
        return properties().get(name);
    }

    /**
     * Parses every field at the root of the event, properties included; the session and the options of an event of the
     * analytics route are here, and type, message id, context and integrations of a message of the Segment route.
     *
     * @return an unmodifiable map in the order received, in the types of {@link #properties()}
     */
    public Map<String, Object> fields() {
        return JsonValues.object(json);
    }

    /**
     * Cuts out of the event the object that {@link #properties()} parses.
     *
     * @return the object exactly as received; {@code {}} when the event has none
     */
    public String propertiesJson() {
        return JsonValues.fieldText(json, route.propertiesField(json));
    }
}
