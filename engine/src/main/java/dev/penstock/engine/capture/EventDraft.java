package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.record.AttachedFlags;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What is known of the event being filled besides its record and its stamp.
 *
 * <p>Why it is shaped so: storing a reference into an old object costs more than storing a number. What few events have is
 * cleared only after those, and asked for only if {@link #unusual} says so. Guarded by {@code CaptureBenchmark}.
 *
 * <p><b>Threads:</b> one.
 */
final class EventDraft {

    /** A longer name is no name that comes again, and could be of any size. */
    private static final int MAX_KEPT_NAME = 200;

    EventKind kind;

    /** Whoever sets it takes {@link #name(String)}. */
    String name;

    /** Whether any of the fields below has been set; whoever sets one sets this. */
    boolean unusual;

    /** For a kind that has one: whom the event is about unless the caller says so. */
    String defaultId;

    /** What the event will be answered whatever becomes of it, or null. */
    CaptureResult answer;

    /** Why the event is dropped as invalid, or null. */
    String problem;

    /** Property names that are not the caller's to use, or null. */
    Predicate<String> reserved;

    /** The record flag of the caller's word on GeoIP, or zero. */
    int geoIp;

    AttachedFlags attached;
    AttachedFlags evaluated;

    void begin(EventKind newKind, String newName) {
        if (kind != newKind) {
            kind = newKind;
        }
        name(newName);
    }

    /**
     * Names the event. Most events have the name of the one before, and storing a reference costs a wait; see {@code HeldText}.
     */
    void name(String newName) {
        if (!Objects.equals(name, newName)) {
            name = newName;
        }
    }

    /** Whether the caller may set a property of this name. */
    boolean accepts(String property) {
        return reserved == null || !reserved.test(property);
    }

    /** Lets go of everything that belongs to others, except for the name, which is likely to come again. */
    void end() {
        if (name != null && name.length() > MAX_KEPT_NAME) {
            name = null;
        }
        if (unusual) {
            unusual = false;
            defaultId = null;
            answer = null;
            problem = null;
            reserved = null;
            geoIp = 0;
            attached = null;
            evaluated = null;
        }
    }
}
