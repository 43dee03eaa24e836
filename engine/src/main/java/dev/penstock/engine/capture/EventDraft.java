package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.record.AttachedFlags;
import java.util.function.Predicate;

/**
 * What is known of the event being filled besides its record and its stamp.
 *
 * <p><b>Threads:</b> one.
 */
final class EventDraft {

    EventKind kind;
    String name;
    String distinctId;

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

    /** The answer of the next event begun, or null. */
    private CaptureResult nextAnswer;

    void begin(EventKind newKind, String newName) {
        kind = newKind;
        name = newName;
        distinctId = null;
        defaultId = null;
        answer = nextAnswer;
        problem = null;
        reserved = null;
        geoIp = 0;
        attached = null;
        evaluated = null;
    }

    /** Settles what the event that is begun next will be answered. */
    void answerNext(CaptureResult result) {
        nextAnswer = result;
    }

    /** Whether the caller may set a property of this name. */
    boolean accepts(String property) {
        return reserved == null || !reserved.test(property);
    }

    /** Lets go of everything that belongs to others. */
    void end() {
        name = null;
        distinctId = null;
        defaultId = null;
        nextAnswer = null;
        reserved = null;
        attached = null;
        evaluated = null;
    }
}
