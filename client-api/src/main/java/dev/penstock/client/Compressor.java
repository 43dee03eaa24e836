package dev.penstock.client;

/**
 * What compresses request bodies. What it makes of them is the same to every server.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public enum Compressor {
    /**
     * The engine's own, which knows where the values of an event are: several times as fast as zlib, and fewer bytes. Bodies
     * of a few events are made by zlib as well, and the shorter one is sent.
     */
    EVENT_AWARE,
    /** The JDK's zlib, at its fastest level. */
    ZLIB
}
