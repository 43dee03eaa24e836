package dev.penstock.engine.record;

import dev.penstock.client.PropertyKey;

/** A property key of one {@link KeyRegistry}. Immutable. */
public final class RegisteredKey implements PropertyKey {

    private final KeyRegistry registry;
    private final String name;
    private final int id;
    private final int flags;
    private final boolean timestamp;

    RegisteredKey(KeyRegistry registry, String name, int id) {
        this.registry = registry;
        this.name = name;
        this.id = id;
        this.flags = OwnedKeys.flagsOf(name);
        this.timestamp = name.equals("$timestamp");
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

    boolean belongsTo(KeyRegistry other) {
        return registry == other;
    }

    @Override
    public String toString() {
        return name;
    }
}
