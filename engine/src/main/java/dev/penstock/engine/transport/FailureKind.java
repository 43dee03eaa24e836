package dev.penstock.engine.transport;

/** Why an exchange ended without an answer, as far as the caller can make something of it. */
public enum FailureKind {
    /** No connection, or one that broke before the answer began. */
    CONNECTION,
    /** The server was silent for too long. */
    TIMEOUT,
    /** The answer began and was cut off. */
    TRUNCATED,
    /** The body, as sent or once decompressed, is over the bound. */
    TOO_LARGE,
    /** The body cannot be decompressed. */
    INVALID_BODY,
    /** The transport is closed. */
    CLOSED
}
