package dev.penstock.engine.protocol;

/** What a server says of one event of a batch that it has answered. */
public enum EventVerdict {
    /** Taken. */
    OK,
    /** Taken, and the server has something to say about it. */
    WARNING,
    /** Taken, with some of its processing left out. */
    LIMITED,
    /** A word that is not known here; it asks for nothing, so the event is done. */
    UNKNOWN,
    /** No word at all; the event is done. */
    MISSING,
    /** Refused for good. */
    DROP,
    /** Not stored: to be sent again. */
    RETRY
}
