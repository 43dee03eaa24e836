package dev.penstock.cli.importer;

import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.OutgoingEvent;
import dev.penstock.client.CaptureResult;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Hands events to the client; waits while the ring is full, so that a file is read no faster than it is sent. */
final class EventSender {
    private static final long PARK_NS = 200_000;

    private final OutgoingEvent outgoing;
    private final BooleanSupplier giveUp;

    /** {@code giveUp} is asked while the ring is full. */
    EventSender(EventClient client, BooleanSupplier giveUp) {
        this.outgoing = client.outgoing();
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
        outgoing.begin(event.event()).id(uuid).timestamp(event.timestamp());
        if (event.isPersonless()) {
            outgoing.anonymous(event.distinctId());
        } else {
            outgoing.person(event.distinctId());
        }
        for (Map.Entry<String, Object> property : event.properties().entrySet()) {
            outgoing.put(property.getKey(), property.getValue());
        }
        return outgoing.send();
    }
}
