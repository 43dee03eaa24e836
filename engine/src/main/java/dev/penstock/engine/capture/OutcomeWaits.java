package dev.penstock.engine.capture;

/**
 * Where captures that wait for their outcome are entered.
 *
 * <p><b>Threads:</b> any.
 */
public interface OutcomeWaits {

    /**
     * Begins to wait, before the event is published.
     *
     * @return a ticket of its own for each wait
     */
    OutcomeTicket open();
}
