package dev.penstock.cli.demo;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;

/** Captures an impression with registered keys, as a latency-critical caller would. Any thread. */
final class ImpressionCapture {
    private final CaptureClient client;
    private final PropertyKey placement;
    private final PropertyKey country;
    private final PropertyKey format;
    private final PropertyKey device;
    private final PropertyKey session;
    private final PropertyKey priceMicros;
    private final PropertyKey viewable;
    private final PropertyKey bidPrice;

    ImpressionCapture(CaptureClient client) {
        this.client = client;
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
        return client.event("ad_impression")
                .distinctId(impression.person)
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
