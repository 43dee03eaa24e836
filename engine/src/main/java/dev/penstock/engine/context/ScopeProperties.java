package dev.penstock.engine.context;

import dev.penstock.client.context.RequestContext;
import dev.penstock.engine.record.PropertySnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties that a context adds to events: one set for most, and one for each name of an event that has some of its own.
 *
 * <p><b>Threads:</b> any.
 */
final class ScopeProperties {

    private static final String SESSION_ID = "$session_id";

    private final LazySnapshot ofAll;
    private final Map<String, LazySnapshot> ofEvents;

    ScopeProperties(RequestContext values, ContextMaking making) {
        Map<String, Object> common = new LinkedHashMap<>();
        if (values.sessionId() != null) {
            common.put(SESSION_ID, values.sessionId());
        }
        common.putAll(values.properties());
        this.ofAll = common.isEmpty() ? null : new LazySnapshot(common, making);
        this.ofEvents = values.eventProperties().isEmpty() ? Map.of() : new HashMap<>();
        values.eventProperties().forEach((event, own) -> {
            Map<String, Object> merged = new LinkedHashMap<>(common);
            merged.putAll(own);
            ofEvents.put(event, new LazySnapshot(merged, making));
        });
    }

    /** The properties of an event, or null if there are none. */
    PropertySnapshot of(String eventName) {
        LazySnapshot lazy = ofEvents.isEmpty() ? ofAll : ofEvents.getOrDefault(eventName, ofAll);
        return lazy == null ? null : lazy.get();
    }
}
