package dev.penstock.client.segment;

/**
 * Told how each accepted message ended: one of the two methods is called, once for each message.
 *
 * <p><b>Threads:</b> called on one thread of the client's own, one notice at a time. The thread's queue is bounded ({@link
 * SegmentConfig#listenerQueueMessages()}): when this listener is too slow, notices are dropped and counted in {@link
 * dev.penstock.client.ClientStats#noticesDropped()}, messages are not. It may enqueue messages. What it throws is reported
 * to the {@link dev.penstock.client.ErrorListener} and goes no further.
 */
public interface MessageListener {

    /**
     * The server took a message.
     *
     * @param notice the message and its outcome, {@link dev.penstock.client.Outcome#DELIVERED}
     */
    void onSuccess(MessageNotice notice);

    /**
     * A message will not be delivered: the server refused it, its retries or its time were used up, or the client was
     * closed before.
     *
     * @param notice the message, its outcome and why
     */
    void onFailure(MessageNotice notice);
}
