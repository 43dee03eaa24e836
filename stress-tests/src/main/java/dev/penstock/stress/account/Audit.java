package dev.penstock.stress.account;

import dev.penstock.client.Outcome;
import java.util.UUID;

/**
 * Goes through an account event by event and tells whether each has what it is owed:
 * <ul>
 *   <li>an accepted event has exactly one outcome, any other none, and the host has only accepted ones;
 *   <li>the host has every delivered event;
 *   <li>the host has no refused event, unless answers were lost: an earlier try may then have been taken unseen;
 *   <li>an expired or discarded event that the host has is unconfirmed, and counted.
 * </ul>
 * How many duplicates there may be is for the caller to say.
 */
public final class Audit {
    private final Account account;
    private final Violations violations;
    private final boolean answersWereLost;
    private long accepted;
    private final long[] ended = new long[Outcome.values().length];
    private long open;
    private long unconfirmed;
    private long duplicates;

    private Audit(Account account, Violations violations, boolean answersWereLost) {
        this.account = account;
        this.violations = violations;
        this.answersWereLost = answersWereLost;
    }

    /**
     * Audits a run whose clients have ended.
     *
     * @param account what is known of each event
     * @param violations told of each event that has not what it is owed
     * @param answersWereLost whether the host may have taken events without its client's knowledge
     * @param openAllowed how many accepted events need no outcome here: the client says that it dropped their notices
     * @return the figures
     */
    public static Findings of(Account account, Violations violations, boolean answersWereLost, long openAllowed) {
        Audit audit = new Audit(account, violations, answersWereLost);
        for (int producer = 0; producer < account.producers(); producer++) {
            int attempted = account.attempted(producer);
            for (int number = 0; number < attempted; number++) {
                audit.look(producer, number);
            }
        }
        violations.check(
                audit.open == openAllowed,
                "accepted events without an outcome",
                audit.open + " of them, " + openAllowed + " expected");
        return audit.findings(openAllowed);
    }

    private Findings findings(long openAllowed) {
        return new Findings(
                accepted,
                ended[Outcome.DELIVERED.ordinal()],
                ended[Outcome.REFUSED.ordinal()],
                ended[Outcome.EXPIRED.ordinal()],
                ended[Outcome.DISCARDED.ordinal()],
                open,
                Math.max(0, open - openAllowed),
                unconfirmed,
                duplicates);
    }

    private void look(int producer, int number) {
        Outcome outcome = account.outcome(producer, number);
        int held = account.held(producer, number);
        if (account.acceptedTick(producer, number) < 0) {
            require(outcome == null, "an event was not accepted, and has an outcome", producer, number);
            require(held == 0, "an event was not accepted, and the host has it", producer, number);
            return;
        }
        accepted++;
        duplicates += Math.max(0, held - 1);
        require(!account.endedTwice(producer, number), "an event has two outcomes", producer, number);
        if (outcome == null) {
            open++;
            return;
        }
        ended[outcome.ordinal()]++;
        switch (outcome) {
            case DELIVERED -> require(held > 0, "an event is delivered, and the host has it not", producer, number);
            case REFUSED -> {
                unconfirmed += held > 0 ? 1 : 0;
                require(
                        held == 0 || answersWereLost,
                        "an event is refused, no answer was lost, and the host has it",
                        producer,
                        number);
            }
            case EXPIRED, DISCARDED -> unconfirmed += held > 0 ? 1 : 0;
        }
    }

    private void require(boolean holds, String promise, int producer, int number) {
        if (!holds) {
            violations.add(promise, name(account, producer, number));
        }
    }

    /**
     * Names an event for a message.
     *
     * @param account its account
     * @param producer its producer
     * @param number its number
     * @return id, place and what is known of it
     */
    public static String name(Account account, int producer, int number) {
        EventIds ids = account.ids();
        return new UUID(ids.high(), ids.low(producer, number)) + " (producer " + producer + ", number " + number
                + ", accepted at tick " + account.acceptedTick(producer, number) + ", "
                + account.outcome(producer, number) + " at tick " + account.endedTick(producer, number) + ", held "
                + account.held(producer, number) + " times)";
    }
}
