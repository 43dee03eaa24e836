package dev.penstock.stress.proxy;

/** One of the two directions of a connection. */
public enum Side {
    /** From the client to its host. */
    REQUEST,
    /** From the host to its client. */
    ANSWER
}
