package dev.penstock.cli.importer;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Hands events to the client; waits while the ring is full, so that a file is read no faster than it is sent. */
final class EventSender {
    private static final long PARK_NS = 200_000;

    private final CaptureClient client;
    private final BooleanSupplier giveUp;

    /** {@code giveUp} is asked while the ring is full. */
    EventSender(CaptureClient client, BooleanSupplier giveUp) {
        this.client = client;
        this.giveUp = giveUp;
    }

    /** Sends one event; {@code RING_FULL} only after giving up. */
    CaptureResult send(ImportedEvent event, UUID uuid) {
        CaptureResult result = attempt(event, uuid);
        while (result == CaptureResult.RING_FULL && !giveUp.getAsBoolean()) {
            LockSupport.parkNanos(PARK_NS);
            result = attempt(event, uuid);
        }
        return result;
    }

    private CaptureResult attempt(ImportedEvent event, UUID uuid) {
        EventBuilder builder = client.event(event.event())
                .distinctId(event.distinctId())
                .uuid(uuid)
                .timestamp(event.timestamp());
        for (Map.Entry<String, Object> property : event.properties().entrySet()) {
            builder.put(property.getKey(), property.getValue());
        }
        return builder.send();
    }
}
