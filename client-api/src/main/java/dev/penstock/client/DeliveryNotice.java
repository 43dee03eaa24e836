package dev.penstock.client;

import java.util.UUID;

/**
 * The outcome of one event.
 *
 * <p><b>Threads:</b> immutable; any thread. Holds the text of its own event and nothing else.
 */
public interface DeliveryNotice {

    /**
     * The event's UUID, as on the wire.
     *
     * @return the id; never null
     */
    UUID uuid();

    /**
     * The event's name.
     *
     * @return the name; never null
     */
    String event();

    /**
     * How the event ended.
     *
     * @return the outcome; never null
     */
    Outcome outcome();

    /**
     * Why, in a few words without secrets: {@code "status 200"}, {@code "status 401"}, {@code "3 retries used up, last:
     * status 503"}.
     *
     * @return the reason; never blank
     */
    String reason();

    /**
     * The event as it was, or would have been, sent.
     *
     * @return a JSON object; made on demand
     */
    String json();
}
