package dev.penstock.engine;

import dev.penstock.client.AliasBuilder;
import dev.penstock.client.CaptureResult;
import dev.penstock.engine.capture.EventKind;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ScratchPool;
import java.time.Instant;
import java.util.UUID;

/**
 * An alias being filled; it takes a scratch only when it is sent.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class AliasEvent implements AliasBuilder {

    private final ScratchPool scratches;
    private String knownId;
    private String secondId;
    private UUID eventUuid;
    private Instant time;

    AliasEvent(ScratchPool scratches) {
        this.scratches = scratches;
    }

    @Override
    public AliasBuilder distinctId(String distinctId) {
        knownId = distinctId;
        return this;
    }

    @Override
    public AliasBuilder alias(String alias) {
        secondId = alias;
        return this;
    }

    @Override
    public AliasBuilder uuid(UUID uuid) {
        eventUuid = uuid;
        return this;
    }

    @Override
    public AliasBuilder timestamp(Instant timestamp) {
        time = timestamp;
        return this;
    }

    @Override
    public CaptureResult send() {
        EventScratch event = scratches.acquire().begin(EventKind.ALIAS, "$create_alias");
        if (secondId == null || secondId.isBlank()) {
            event.reject("alias without a second id is dropped; set alias(...)");
        }
        return event.distinctId(knownId)
                .put("alias", secondId)
                .uuid(eventUuid)
                .timestamp(time)
                .send();
    }
}
