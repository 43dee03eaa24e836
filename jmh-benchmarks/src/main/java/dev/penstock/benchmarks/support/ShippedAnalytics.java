package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.SegmentAnalytics;

/** A Segment client as shipped, for the reason that {@link ShippedClient} gives. */
record ShippedAnalytics(SegmentAnalytics client) implements MessageApi {
    @Override
    public MessageBuilder track(String event) {
        return client.track(event);
    }

    @Override
    public CaptureResult enqueue(Message message) {
        return client.enqueue(message);
    }

    @Override
    public PropertyKey propertyKey(String name) {
        return client.propertyKey(name);
    }
}
