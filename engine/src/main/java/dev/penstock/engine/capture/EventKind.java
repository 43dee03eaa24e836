package dev.penstock.engine.capture;

import dev.penstock.engine.record.RecordLayout;

/** The kinds of events, what each takes from its surroundings, and which of them others cannot be read without. */
public enum EventKind {
    /** An event of the application's own. */
    CAPTURE("capture", RecordLayout.KIND_CAPTURE, false, true, true, false),
    /** Who somebody is. Says nothing of the request it happened in. */
    IDENTIFY("identify", RecordLayout.KIND_CAPTURE, true, false, false, true),
    /** What has changed about a person. */
    PERSON("person", RecordLayout.KIND_CAPTURE, true, true, true, false),
    /** A second id. Says nothing of the request it happened in. */
    ALIAS("alias", RecordLayout.KIND_ALIAS, true, false, false, true),
    /** What is known of a group. */
    GROUP_IDENTIFY("groupIdentify", RecordLayout.KIND_GROUP_IDENTIFY, true, true, true, true),
    /** Something that was thrown. */
    EXCEPTION("exception", RecordLayout.KIND_EXCEPTION, false, true, true, true),
    /** The use of a flag; it has that flag and no others. */
    FLAG_CALLED("flag use", RecordLayout.KIND_CAPTURE, false, true, false, false),
    /** The use of a flag, with nothing that is not needed to count it. */
    FLAG_CALLED_MINIMAL("flag use", RecordLayout.KIND_CAPTURE, false, true, false, false),
    /** A log record, which has taken what it needs before; its name is its body. */
    LOG("log", RecordLayout.KIND_LOG, false, false, false, false),
    /** A message: who somebody is. Messages take nothing from their surroundings. */
    MESSAGE_IDENTIFY("identify", RecordLayout.KIND_MESSAGE_IDENTIFY, false, false, false, true),
    /** A message: what somebody did. */
    MESSAGE_TRACK("track", RecordLayout.KIND_MESSAGE_TRACK, false, false, false, false),
    /** A message: what page somebody saw. */
    MESSAGE_PAGE("page", RecordLayout.KIND_MESSAGE_PAGE, false, false, false, false),
    /** A message: what screen somebody saw. */
    MESSAGE_SCREEN("screen", RecordLayout.KIND_MESSAGE_SCREEN, false, false, false, false),
    /** A message: what group somebody belongs to. */
    MESSAGE_GROUP("group", RecordLayout.KIND_MESSAGE_GROUP, false, false, false, true),
    /** A message: what second id somebody has. */
    MESSAGE_ALIAS("alias", RecordLayout.KIND_MESSAGE_ALIAS, false, false, false, true);

    private final String call;
    private final byte recordKind;
    private final boolean needsDistinctId;
    private final boolean takesContext;
    private final boolean takesFlags;
    private final boolean priority;

    EventKind(
            String call,
            byte recordKind,
            boolean needsDistinctId,
            boolean takesContext,
            boolean takesFlags,
            boolean priority) {
        this.call = call;
        this.recordKind = recordKind;
        this.needsDistinctId = needsDistinctId;
        this.takesContext = takesContext;
        this.takesFlags = takesFlags;
        this.priority = priority;
    }

    /** The call that makes it, for messages. */
    String call() {
        return call;
    }

    /** Whether it is dropped without a distinct id of the caller's. */
    boolean needsDistinctId() {
        return needsDistinctId;
    }

    /** Whether it gets the properties of the request context. */
    boolean takesContext() {
        return takesContext;
    }

    /** Whether it gets the flags of the request context. */
    boolean takesFlags() {
        return takesFlags;
    }

    /** Whether it may take the last slots of a ring, which plain events leave. */
    boolean hasPriority() {
        return priority;
    }

    /** Whether it is a message, which takes nothing from its surroundings. */
    boolean isMessage() {
        return RecordLayout.isMessage(recordKind);
    }

    /** What the record says it is. */
    byte recordKind() {
        return recordKind;
    }
}
