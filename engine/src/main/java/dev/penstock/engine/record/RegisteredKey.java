package dev.penstock.engine.record;

import dev.penstock.client.PropertyKey;

/** A property key of one {@link KeyRegistry}. Immutable. */
public final class RegisteredKey implements PropertyKey {

    private final KeyRegistry registry;
    private final String name;
    private final int id;
    private final int flags;
    private final boolean timestamp;

    /** The first word of an entry but for its type; 0 if the key means something, or has no id. */
    private final int plainHead;

    RegisteredKey(KeyRegistry registry, String name, int id) {
        this.registry = registry;
        this.name = name;
        this.id = id;
        this.flags = OwnedKeys.flagsOf(name);
        this.timestamp = name.equals("$timestamp");
        this.plainHead = flags == 0 && !timestamp && id != RecordLayout.KEY_IN_TEXT ? id << 16 : 0;
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Whether this is {@code $timestamp}, which can become the event's time.
     *
     * @return true if it is
     */
    public boolean isTimestamp() {
        return timestamp;
    }

    int id() {
        return id;
    }

    int flags() {
        return flags;
    }

    /** What a property of a record of that registry begins with; 0 if that takes a closer look. */
    int plainHead(KeyRegistry of) {
        return registry == of ? plainHead : 0;
    }

    boolean belongsTo(KeyRegistry other) {
        return registry == other;
    }

    @Override
    public String toString() {
        return name;
    }
}
