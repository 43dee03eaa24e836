package dev.penstock.cli.common;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import dev.penstock.client.PropertyKey;
import java.time.Instant;
import java.util.UUID;

/** Events for PostHog. Whether somebody has a profile is said by a property there, not by the kind of id. */
final class PostHogEvent implements OutgoingEvent {
    private final CaptureClient client;
    private EventBuilder builder;

    PostHogEvent(CaptureClient client) {
        this.client = client;
    }

    @Override
    public OutgoingEvent begin(String event) {
        builder = client.event(event);
        return this;
    }

    @Override
    public OutgoingEvent person(String id) {
        builder.distinctId(id);
        return this;
    }

    @Override
    public OutgoingEvent anonymous(String id) {
        builder.distinctId(id);
        return this;
    }

    @Override
    public OutgoingEvent id(UUID id) {
        builder.uuid(id);
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
