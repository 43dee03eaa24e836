package dev.penstock.engine.segment;

import dev.penstock.client.DeliveryListener;
import dev.penstock.client.DeliveryNotice;
import dev.penstock.client.Outcome;
import dev.penstock.client.segment.MessageListener;

/**
 * Tells a message listener of outcomes.
 *
 * <p><b>Threads:</b> the listeners' thread.
 */
public final class MessageOutcomes implements DeliveryListener {

    private final MessageListener listener;

    /**
     * Makes an adapter.
     *
     * @param listener the user's
     */
    public MessageOutcomes(MessageListener listener) {
        this.listener = listener;
    }

    @Override
    public void onOutcome(DeliveryNotice notice) {
        SettledMessage message = new SettledMessage(notice);
        if (notice.outcome() == Outcome.DELIVERED) {
            listener.onSuccess(message);
        } else {
            listener.onFailure(message);
        }
    }
}
