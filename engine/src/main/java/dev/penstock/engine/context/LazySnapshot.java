package dev.penstock.engine.context;

import dev.penstock.engine.record.PropertySnapshot;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Properties that become a snapshot when the first event needs them, and are kept as that.
 *
 * <p><b>Threads:</b> any; takes no lock, as a capture must not: threads that come at the same time may each make one, and all
 * get the first.
 */
final class LazySnapshot {

    /** Kept where none can be made, so that it is not tried for every event. */
    private static final PropertySnapshot NONE = new PropertySnapshot(new byte[0]);

    private final Map<String, Object> properties;
    private final ContextMaking making;
    private final AtomicReference<PropertySnapshot> made = new AtomicReference<>();

    LazySnapshot(Map<String, Object> properties, ContextMaking making) {
        this.properties = properties;
        this.making = making;
    }

    /** The snapshot, always the same; null if it cannot be made. */
    PropertySnapshot get() {
        PropertySnapshot snapshot = made.get();
        if (snapshot == null) {
            snapshot = make();
        }
        return snapshot == NONE ? null : snapshot;
    }

    private PropertySnapshot make() {
        PropertySnapshot snapshot = making.snapshot(properties);
        made.compareAndSet(null, snapshot == null ? NONE : snapshot);
        return made.get();
    }
}
