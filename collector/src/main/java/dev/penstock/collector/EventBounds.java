package dev.penstock.collector;

/**
 * How a protocol names the id of an event, and what it sets bounds to in one request.
 *
 * @param id name of the field with the id
 * @param thing what the protocol calls an event
 * @param maxCount events in one request
 * @param maxBytes length of one event's JSON
 */
record EventBounds(String id, String thing, int maxCount, int maxBytes) {
    static final EventBounds NONE = new EventBounds("uuid", "event", Integer.MAX_VALUE, Integer.MAX_VALUE);
}
