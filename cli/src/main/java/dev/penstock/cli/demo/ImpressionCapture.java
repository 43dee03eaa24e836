package dev.penstock.cli.demo;

import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.OutgoingEvent;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;

/** Captures an impression with registered keys, as a latency-critical caller would. One producer's own. */
final class ImpressionCapture {
    private final OutgoingEvent outgoing;
    private final PropertyKey placement;
    private final PropertyKey country;
    private final PropertyKey format;
    private final PropertyKey device;
    private final PropertyKey session;
    private final PropertyKey priceMicros;
    private final PropertyKey viewable;
    private final PropertyKey bidPrice;

    ImpressionCapture(EventClient client) {
        outgoing = client.outgoing();
        placement = client.propertyKey("placement");
        country = client.propertyKey("country");
        format = client.propertyKey("format");
        device = client.propertyKey("device");
        session = client.propertyKey("session_id");
        priceMicros = client.propertyKey("price_micros");
        viewable = client.propertyKey("viewable");
        bidPrice = client.propertyKey("bid_price");
    }

    CaptureResult capture(ImpressionStream impression) {
        return outgoing.begin("ad_impression")
                .person(impression.person)
                .put(placement, impression.placement)
                .put(country, impression.country)
                .put(format, impression.format)
                .put(device, impression.device)
                .put(session, impression.session)
                .put(priceMicros, impression.priceMicros)
                .put(viewable, impression.viewable)
                .put(bidPrice, impression.bidPrice)
                .send();
    }
}
