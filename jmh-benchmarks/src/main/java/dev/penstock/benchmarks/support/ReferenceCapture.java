package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.PropertyKey;
import java.util.HashMap;
import java.util.Map;

/**
 * A reference event captured in each of the ways the API offers.
 * <p>
 * <b>Threads:</b> any. <b>Allocation:</b> none but for {@link #toMap}.
 */
public final class ReferenceCapture {
    /** The ways in. */
    public enum Way {
        /** Fluent, with registered keys. */
        BUILDER,
        /** Fluent, with keys as text. */
        BUILDER_NAMES,
        /** Translator, with registered keys. */
        TRANSLATOR,
        /** Translator, with keys as text. */
        TRANSLATOR_NAMES,
        /** A map, built for the call. */
        MAP
    }

    private static final EventTranslator<ReferenceEvent> WITH_NAMES =
            (writer, event) -> writer.event(ReferenceEvent.NAME)
                    .distinctId(event.distinctId())
                    .put("place", event.placement())
                    .put("ad", event.campaign())
                    .put("geo", event.country())
                    .put("dev", event.device())
                    .put("sid", event.sessionId())
                    .put("pos", event.position())
                    .put("seen", event.viewable())
                    .put("bid", event.price());

    private final CaptureApi client;
    private final PropertyKey place;
    private final PropertyKey ad;
    private final PropertyKey geo;
    private final PropertyKey dev;
    private final PropertyKey sid;
    private final PropertyKey pos;
    private final PropertyKey seen;
    private final PropertyKey bid;
    private final EventTranslator<ReferenceEvent> withKeys;

    /**
     * Registers the keys.
     *
     * @param client where the events go
     */
    public ReferenceCapture(CaptureApi client) {
        this.client = client;
        place = client.propertyKey("place");
        ad = client.propertyKey("ad");
        geo = client.propertyKey("geo");
        dev = client.propertyKey("dev");
        sid = client.propertyKey("sid");
        pos = client.propertyKey("pos");
        seen = client.propertyKey("seen");
        bid = client.propertyKey("bid");
        withKeys = (writer, event) -> writer.event(ReferenceEvent.NAME)
                .distinctId(event.distinctId())
                .put(place, event.placement())
                .put(ad, event.campaign())
                .put(geo, event.country())
                .put(dev, event.device())
                .put(sid, event.sessionId())
                .put(pos, event.position())
                .put(seen, event.viewable())
                .put(bid, event.price());
    }

    /**
     * Captures in the given way, building the map if it takes one.
     *
     * @param way how
     * @param event what
     * @return the client's answer
     */
    public CaptureResult capture(Way way, ReferenceEvent event) {
        return switch (way) {
            case BUILDER -> builder(event);
            case BUILDER_NAMES -> builderNames(event);
            case TRANSLATOR -> translator(event);
            case TRANSLATOR_NAMES -> translatorNames(event);
            case MAP -> map(event, toMap(event));
        };
    }

    /**
     * Fluent, with registered keys.
     *
     * @param event what
     * @return the client's answer
     */
    public CaptureResult builder(ReferenceEvent event) {
        return client.event(ReferenceEvent.NAME)
                .distinctId(event.distinctId())
                .put(place, event.placement())
                .put(ad, event.campaign())
                .put(geo, event.country())
                .put(dev, event.device())
                .put(sid, event.sessionId())
                .put(pos, event.position())
                .put(seen, event.viewable())
                .put(bid, event.price())
                .send();
    }

    /**
     * Fluent, with keys as text.
     *
     * @param event what
     * @return the client's answer
     */
    public CaptureResult builderNames(ReferenceEvent event) {
        return client.event(ReferenceEvent.NAME)
                .distinctId(event.distinctId())
                .put("place", event.placement())
                .put("ad", event.campaign())
                .put("geo", event.country())
                .put("dev", event.device())
                .put("sid", event.sessionId())
                .put("pos", event.position())
                .put("seen", event.viewable())
                .put("bid", event.price())
                .send();
    }

    /**
     * Translator, with registered keys.
     *
     * @param event what
     * @return the client's answer
     */
    public CaptureResult translator(ReferenceEvent event) {
        return client.capture(withKeys, event);
    }

    /**
     * Translator, with keys as text.
     *
     * @param event what
     * @return the client's answer
     */
    public CaptureResult translatorNames(ReferenceEvent event) {
        return client.capture(WITH_NAMES, event);
    }

    /**
     * A map that exists already.
     *
     * @param event gives the distinct id
     * @param properties the rest of it
     * @return the client's answer
     */
    public CaptureResult map(ReferenceEvent event, Map<String, Object> properties) {
        return client.capture(event.distinctId(), ReferenceEvent.NAME, properties);
    }

    /**
     * The properties as a caller of the map API builds them.
     *
     * @param event what
     * @return a new map
     */
    public static Map<String, Object> toMap(ReferenceEvent event) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("place", event.placement());
        properties.put("ad", event.campaign());
        properties.put("geo", event.country());
        properties.put("dev", event.device());
        properties.put("sid", event.sessionId());
        properties.put("pos", event.position());
        properties.put("seen", event.viewable());
        properties.put("bid", event.price());
        return properties;
    }
}
