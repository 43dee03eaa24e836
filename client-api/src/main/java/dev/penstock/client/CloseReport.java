package dev.penstock.client;

import java.time.Duration;

/**
 * How a client ended.
 *
 * <p><b>Threads:</b> immutable; any thread.
 *
 * @param drained true if every event had its outcome before time was up, so that nothing was discarded by the close or
 *     left on disk ({@link ClientStats.Pending#inSpool()})
 * @param threadsStopped true if all threads of the client have ended
 * @param elapsed how long the close took
 * @param stats the final account
 */
public record CloseReport(boolean drained, boolean threadsStopped, Duration elapsed, ClientStats stats) {}
