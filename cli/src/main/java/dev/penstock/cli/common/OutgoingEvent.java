package dev.penstock.cli.common;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import java.time.Instant;
import java.util.UUID;

/**
 * One event after another on its way into a client: {@link #begin}, then what belongs to it, then {@link #send}.
 * <p>
 * Why it is shaped so: the clients' builders have no type in common, and a wrapper for each event would be garbage that
 * the clients themselves do not make. So one of these is made for each thread and holds the builder of the event at hand;
 * every method is one call of it.
 * <p>
 * <b>Threads:</b> one thread's own. <b>Allocation:</b> none beside the client's builder.
 */
public interface OutgoingEvent {

    /**
     * Begins an event.
     *
     * @param event its name
     * @return this
     */
    OutgoingEvent begin(String event);

    /**
     * Says whom it is about.
     *
     * @param id the id of somebody known
     * @return this
     */
    OutgoingEvent person(String id);

    /**
     * Says whom it is about.
     *
     * @param id the id of somebody who has no profile
     * @return this
     */
    OutgoingEvent anonymous(String id);

    /**
     * Sets the id by which the server recognises duplicates.
     *
     * @param id the id
     * @return this
     */
    OutgoingEvent id(UUID id);

    /**
     * Sets when it happened.
     *
     * @param timestamp the instant; null means now
     * @return this
     */
    OutgoingEvent timestamp(Instant timestamp);

    /**
     * Adds a property.
     *
     * @param key a key of this client
     * @param value its value
     * @return this
     */
    OutgoingEvent put(PropertyKey key, String value);

    /**
     * Adds a property.
     *
     * @param key a key of this client
     * @param value its value
     * @return this
     */
    OutgoingEvent put(PropertyKey key, long value);

    /**
     * Adds a property.
     *
     * @param key a key of this client
     * @param value its value
     * @return this
     */
    OutgoingEvent put(PropertyKey key, double value);

    /**
     * Adds a property.
     *
     * @param key a key of this client
     * @param value its value
     * @return this
     */
    OutgoingEvent put(PropertyKey key, boolean value);

    /**
     * Adds a property.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    OutgoingEvent put(String name, Object value);

    /**
     * Hands the event to the client.
     *
     * @return the client's answer
     */
    CaptureResult send();
}
