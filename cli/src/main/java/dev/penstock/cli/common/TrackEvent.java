package dev.penstock.cli.common;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.SegmentAnalytics;
import java.time.Instant;
import java.util.UUID;

/** Events for Segment, each a message of the type track. */
final class TrackEvent implements OutgoingEvent {
    private final SegmentAnalytics client;
    private MessageBuilder builder;

    TrackEvent(SegmentAnalytics client) {
        this.client = client;
    }

    @Override
    public OutgoingEvent begin(String event) {
        builder = client.track(event);
        return this;
    }

    @Override
    public OutgoingEvent person(String id) {
        builder.userId(id);
        return this;
    }

    @Override
    public OutgoingEvent anonymous(String id) {
        builder.anonymousId(id);
        return this;
    }

    @Override
    public OutgoingEvent id(UUID id) {
        builder.messageId(id.getMostSignificantBits(), id.getLeastSignificantBits());
        return this;
    }

    @Override
    public OutgoingEvent timestamp(Instant timestamp) {
        builder.timestamp(timestamp);
        return this;
    }

    @Override
    public OutgoingEvent put(PropertyKey key, String value) {
        builder.put(key, value);
        return this;
    }

    @Override
    public OutgoingEvent put(PropertyKey key, long value) {
        builder.put(key, value);
        return this;
    }

    @Override
    public OutgoingEvent put(PropertyKey key, double value) {
        builder.put(key, value);
        return this;
    }

    @Override
    public OutgoingEvent put(PropertyKey key, boolean value) {
        builder.put(key, value);
        return this;
    }

    @Override
    public OutgoingEvent put(String name, Object value) {
        builder.put(name, value);
        return this;
    }

    @Override
    public CaptureResult send() {
        return builder.send();
    }
}
