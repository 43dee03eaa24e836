package dev.penstock.stress.load;

import dev.penstock.client.Outcome;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.EventIds;
import dev.penstock.stress.account.Violations;
import java.util.UUID;

/** Notes in an account what a client tells of its events. Only the client's listener thread, or those of one client after another. */
public final class Outcomes {
    private final Account account;
    private final Violations violations;

    /**
     * Makes it.
     *
     * @param account where outcomes are noted
     * @param violations told of outcomes of nobody's events
     */
    public Outcomes(Account account, Violations violations) {
        this.account = account;
        this.violations = violations;
    }

    void ended(UUID id, Outcome outcome) {
        long place = account.ids().find(id.getMostSignificantBits(), id.getLeastSignificantBits());
        if (place == EventIds.NONE || EventIds.number(place) >= account.capacity()) {
            violations.add("an outcome of an event that nobody sent", id + " " + outcome);
        } else {
            account.end(EventIds.producer(place), EventIds.number(place), outcome);
        }
    }
}
