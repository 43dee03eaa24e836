package dev.penstock.benchmarks.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A registered event name or property key: a small id and its JSON, escaped once.
 * <p>
 * <b>Threads:</b> immutable, any thread.
 */
final class EventKey {
    static final EventKey AD_IMPRESSION = new EventKey(0, "{\"event\":\"ad_impression\",\"distinct_id\":");
    static final EventKey PLACEMENT = property(1, "place");
    static final EventKey CAMPAIGN = property(2, "ad");
    static final EventKey COUNTRY = property(3, "geo");
    static final EventKey DEVICE = property(4, "dev");
    static final EventKey SESSION_ID = property(5, "sid");
    static final EventKey POSITION = property(6, "pos");
    static final EventKey VIEWABLE = property(7, "seen");
    static final EventKey PRICE = property(8, "bid");

    private static final EventKey[] BY_ID = {
        AD_IMPRESSION, PLACEMENT, CAMPAIGN, COUNTRY, DEVICE, SESSION_ID, POSITION, VIEWABLE, PRICE
    };

    private final short id;
    private final byte[] json;

    private EventKey(int id, String json) {
        this.id = (short) id;
        this.json = json.getBytes(UTF_8);
    }

    private static EventKey property(int id, String name) {
        return new EventKey(id, ",\"" + name + "\":");
    }

    static EventKey byId(short id) {
        return BY_ID[id];
    }

    short id() {
        return id;
    }

    /** The text up to the value: for an event name the start of the event, for a property comma, name and colon. */
    byte[] json() {
        return json;
    }
}
