package dev.penstock.engine;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.engine.capture.CaptureContext;
import dev.penstock.engine.capture.CaptureContext.Shaping;
import dev.penstock.engine.capture.EventScratch;
import dev.penstock.engine.capture.ObjectSerializer;
import dev.penstock.engine.encode.SnapshotJson;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.ResultCounters;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all messages of a Segment client have in common: the library, and the context that the user has configured. */
final class DefaultContext {

    /** So that an envelope leaves a batch its room. */
    static final int MAX_BYTES = 32_000;

    private DefaultContext() {}

    /**
     * Makes the snapshot of a context, which is a JSON object.
     *
     * @throws IllegalArgumentException if it is too large
     */
    static PropertySnapshot of(SegmentConfig settings, EngineFoundation foundation) {
        Map<String, Object> members = new LinkedHashMap<>();
        Map<String, Object> library = new LinkedHashMap<>();
        library.put("name", EngineVersion.NAME);
        library.put("version", EngineVersion.version());
        members.put("library", library);
        settings.defaultContext().asMap().forEach(members::putIfAbsent);
        PropertySnapshot snapshot = scratch(foundation).snapshot(members);
        int bytes = snapshot == null ? Integer.MAX_VALUE : SnapshotJson.object(snapshot, new KeyRegistry()).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("defaultContext must be at most " + MAX_BYTES + " bytes of JSON but is "
                    + (snapshot == null ? "longer" : bytes + " with the library"));
        }
        if (settings.contextInMessages() && bytes > settings.maxMessageBytes() / 2) {
            throw new IllegalArgumentException("with contextInMessages, defaultContext must be at most half of"
                    + " maxMessageBytes, " + settings.maxMessageBytes() / 2 + " bytes of JSON, but is " + bytes
                    + " with the library");
        }
        return snapshot;
    }

    /** One that only makes snapshots. */
    private static EventScratch scratch(EngineFoundation foundation) {
        DistinctErrors errors = foundation.errors(null);
        CaptureContext context = new CaptureContext(
                new KeyRegistry(),
                ClientConfig.DEFAULT_MAX_EVENT_BYTES,
                foundation.clock(),
                null,
                new ObjectSerializer(errors),
                null,
                new ResultCounters(1),
                errors,
                () -> {},
                Shaping.none());
        return new EventScratch(context, 0);
    }
}
