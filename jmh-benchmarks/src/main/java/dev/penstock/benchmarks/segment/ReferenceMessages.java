package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.MessageApi;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Properties;
import dev.penstock.client.segment.TrackMessage;

/**
 * A reference event sent as a track message in each of the ways the API offers.
 * <p>
 * <b>Threads:</b> any. <b>Allocation:</b> none but for {@link #typed}.
 */
final class ReferenceMessages {
    private final MessageApi client;
    private final PropertyKey place;
    private final PropertyKey ad;
    private final PropertyKey geo;
    private final PropertyKey dev;
    private final PropertyKey sid;
    private final PropertyKey pos;
    private final PropertyKey seen;
    private final PropertyKey bid;

    /** Registers the keys. */
    ReferenceMessages(MessageApi client) {
        this.client = client;
        place = client.propertyKey("place");
        ad = client.propertyKey("ad");
        geo = client.propertyKey("geo");
        dev = client.propertyKey("dev");
        sid = client.propertyKey("sid");
        pos = client.propertyKey("pos");
        seen = client.propertyKey("seen");
        bid = client.propertyKey("bid");
    }

    /** Fluent, with registered keys. */
    CaptureResult builder(ReferenceEvent event) {
        return client.track(ReferenceEvent.NAME)
                .userId(event.distinctId())
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

    /** Fluent, with keys as text. */
    CaptureResult builderNames(ReferenceEvent event) {
        return client.track(ReferenceEvent.NAME)
                .userId(event.distinctId())
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

    /** A typed message, made for the call. */
    CaptureResult typed(ReferenceEvent event) {
        return client.enqueue(TrackMessage.builder(ReferenceEvent.NAME)
                .userId(event.distinctId())
                .properties(Properties.builder()
                        .put("place", event.placement())
                        .put("ad", event.campaign())
                        .put("geo", event.country())
                        .put("dev", event.device())
                        .put("sid", event.sessionId())
                        .put("pos", event.position())
                        .put("seen", event.viewable())
                        .put("bid", event.price())
                        .build())
                .build());
    }
}
