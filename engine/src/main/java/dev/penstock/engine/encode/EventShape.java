package dev.penstock.engine.encode;

/** How a protocol wants the JSON of an event. */
public enum EventShape {
    /** Everything about an event is among its properties. */
    PROPERTIES,
    /**
     * Session and window stand beside the properties, controls in an object {@code options}, and the client's name and
     * version are not said at all, because a header carries them.
     */
    OPTIONS
}
