package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.support.ReferenceEvent;

/**
 * A library that takes events. One per JVM, so that calls through this interface cost nothing.
 * <p>
 * <b>Threads:</b> events from any, the rest from one.
 */
interface CaptureLibrary {
    /** Hands an event over. Answers false if the library says that it did not take it; most cannot say so. */
    boolean capture(ReferenceEvent event);

    /** Events that have come to where they are sent. */
    long delivered();

    /** Has what was handed over sent, without waiting for it. */
    void flush();

    /** Ends it; all is delivered before. */
    void close();
}
