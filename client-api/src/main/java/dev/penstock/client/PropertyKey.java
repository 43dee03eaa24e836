package dev.penstock.client;

/**
 * The name of a property, registered with a client by {@link CaptureClient#propertyKey(String)}: an id in the event's
 * record instead of text, and its JSON made once.
 *
 * <p><b>Threads:</b> immutable; any thread.
 */
public interface PropertyKey {

    /**
     * The property's name, as it appears on the wire.
     *
     * @return the name; never blank
     */
    String name();
}
