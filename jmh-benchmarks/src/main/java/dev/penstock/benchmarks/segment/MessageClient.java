package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.client.CaptureResult;

/**
 * A library, delivering track messages to a collector.
 * <p>
 * <b>Threads:</b> messages from any, the rest from one.
 */
public interface MessageClient {
    /**
     * Hands a message over. Refused ones are answered; the library that waits instead answers only that it took it.
     *
     * @param event what
     * @return the answer
     */
    CaptureResult send(ReferenceEvent event);

    /**
     * Messages that the server took.
     *
     * @return a count
     */
    long delivered();

    /**
     * Messages that were taken over and will not arrive.
     *
     * @return a count
     */
    long lost();

    /** Has what was handed over sent, without waiting for it. */
    void flush();

    /** Ends it; all is delivered before. */
    void close();
}
