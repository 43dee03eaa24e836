package dev.penstock.benchmarks.support;

import dev.penstock.client.CaptureResult;

/**
 * What one producer captures.
 * <p>
 * <b>Threads:</b> one.
 */
public interface EventSource {
    /**
     * Goes on to the next event.
     *
     * @return false if there is none
     */
    boolean advance();

    /**
     * Captures the event; may be repeated if it was refused.
     *
     * @return the client's answer
     */
    CaptureResult capture();
}
