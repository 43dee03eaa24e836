package dev.penstock.client;

/**
 * What compresses request bodies. What it makes of them is the same to every server.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public enum Compressor {
    /**
     * The engine's own, which knows where the values of an event are: several times as fast as zlib, and with fewer bytes.
     * A body of few events is given to zlib as well, and the shorter result is sent.
     */
    EVENT_AWARE,
    /** The JDK's zlib, at its fastest level. */
    ZLIB
}
