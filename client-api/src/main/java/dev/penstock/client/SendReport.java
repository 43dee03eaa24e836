package dev.penstock.client;

import java.util.Optional;

/**
 * What became of an event that was waited for.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param result the answer of the capture; only {@link CaptureResult#ACCEPTED} is followed by an outcome
 * @param outcome the outcome, or empty if the event was not accepted or time was up first
 * @param reason why, such as {@code status 200}; empty without an outcome
 */
public record SendReport(CaptureResult result, Optional<Outcome> outcome, String reason) {

    /**
     * Whether the server took the event.
     *
     * @return true if the outcome is {@link Outcome#DELIVERED}
     */
    public boolean isDelivered() {
        return outcome.filter(Outcome.DELIVERED::equals).isPresent();
    }
}
