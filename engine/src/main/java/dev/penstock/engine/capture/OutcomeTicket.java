package dev.penstock.engine.capture;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.SendReport;
import java.time.Duration;

/**
 * One event whose outcome is waited for.
 *
 * <p><b>Threads:</b> the capturing thread.
 */
public interface OutcomeTicket {

    /**
     * Says which event it is; called once, right before it is published.
     *
     * @param uuidHigh upper half of its UUID
     * @param uuidLow lower half of its UUID
     */
    void expect(long uuidHigh, long uuidLow);

    /**
     * Has the event sent, waits for its outcome, and ends the ticket.
     *
     * @param result the capture's answer; only an accepted event is waited for
     * @param timeout the longest time to wait
     * @return what became of it
     */
    SendReport await(CaptureResult result, Duration timeout);

    /** Ends the ticket without waiting. */
    void abandon();
}
