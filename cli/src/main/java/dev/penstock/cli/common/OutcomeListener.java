package dev.penstock.cli.common;

import java.util.UUID;

/** Told how each accepted event ended. Called on one thread of the client's own. */
public interface OutcomeListener {

    /**
     * An event has its outcome.
     *
     * @param id the event's id
     * @param tooLarge whether it turned out to be over the limit when it was encoded, so that it was never sent
     */
    void settled(UUID id, boolean tooLarge);
}
