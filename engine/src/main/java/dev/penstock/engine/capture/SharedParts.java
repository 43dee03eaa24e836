package dev.penstock.engine.capture;

import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.PropertySnapshot;

/**
 * What an event has in common with others, on its way into the ring. Each scratch has one and fills it anew for each event.
 *
 * <p><b>Threads:</b> one.
 */
final class SharedParts {

    /** A full ring of 32,768 events with contexts of their own then holds 32 MiB of them. */
    private static final int FREE_CONTEXT_BYTES = 1_024;

    private PropertySnapshot superProperties;
    private PropertySnapshot context;
    private AttachedFlags flags;

    /** Each of them may be null. */
    SharedParts with(PropertySnapshot newSuperProperties, PropertySnapshot newContext, AttachedFlags newFlags) {
        superProperties = newSuperProperties;
        context = newContext;
        flags = newFlags;
        return this;
    }

    /** Lets go of them. */
    void clear() {
        superProperties = null;
        context = null;
        flags = null;
    }

    /** What to charge the arena for; usual contexts cost nothing, and super properties are there once. */
    int charge() {
        return context == null || context.bytes() <= FREE_CONTEXT_BYTES ? 0 : context.bytes();
    }

    PropertySnapshot superProperties() {
        return superProperties;
    }

    PropertySnapshot context() {
        return context;
    }

    AttachedFlags flags() {
        return flags;
    }
}
