package dev.penstock.benchmarks.pipeline;

import dev.penstock.client.CaptureResult;

/**
 * What one producer captures.
 * <p>
 * <b>Threads:</b> one.
 */
interface EventSource {
    /** Goes on to the next event; false if there is none. */
    boolean advance();

    /** Captures the event; may be repeated if it was refused. */
    CaptureResult capture();
}
