package dev.penstock.client;

/**
 * Told about the outcome of every event.
 *
 * <p><b>Threads:</b> called on one thread of the client's own, one notice at a time, in the order the outcomes were
 * settled. The thread's queue is bounded ({@link ClientConfig#listenerQueueEvents()}): when this listener is too slow,
 * notices are dropped and counted in {@link ClientStats#noticesDropped()}, events are not. It may capture; with {@link
 * OverflowPolicy#WAIT} such a capture does not wait.
 */
@FunctionalInterface
public interface DeliveryListener {

    /**
     * One event has ended. An exception thrown here is reported to the {@link ErrorListener} and goes no further.
     *
     * @param notice the event and its outcome
     */
    void onOutcome(DeliveryNotice notice);
}
