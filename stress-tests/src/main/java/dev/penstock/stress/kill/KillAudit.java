package dev.penstock.stress.kill;

import dev.penstock.client.Outcome;
import dev.penstock.client.SpoolMode;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Audit;
import dev.penstock.stress.account.Findings;
import dev.penstock.stress.account.Violations;
import java.util.List;

/**
 * Goes through the account of a run whose processes were killed, event by event:
 * <ul>
 *   <li>an event is lost if it was accepted, has no outcome, and the host has it not. With the mode ALWAYS it must then have
 *       been accepted within the loss window before the kill;
 *   <li>an event whose outcome was told more than a second before the kill is not told again, nor sent again;
 *   <li>the host has every delivered event, and only events that were accepted, or whose capture was running at a kill.
 * </ul>
 * An event that the host has and that has no outcome was under way when its process was killed: unconfirmed.
 */
final class KillAudit {
    /** How long after its linger an event may be on its way to the disk, and a verdict on its way to the record's mark. */
    static final int SLACK_MS = 1_000;

    private static final int SLACK = SLACK_MS / Account.TICK_MS;
    private static final int LOSS_WINDOW = ChildPlan.LINGER_MS / Account.TICK_MS + SLACK + 1;

    private final Account account;
    private final Violations violations;
    private final KillScenario scenario;
    private final List<Life> lives;
    private long accepted;
    private final long[] ended = new long[Outcome.values().length];
    private long lost;
    private long unconfirmed;
    private long duplicates;
    private long open;
    private int oldestLostTicks;

    KillAudit(Account account, Violations violations, KillScenario scenario, List<Life> lives) {
        this.account = account;
        this.violations = violations;
        this.scenario = scenario;
        this.lives = lives;
    }

    Findings findings() {
        for (Life life : lives) {
            for (int producer = 0; producer < account.producers(); producer++) {
                for (int number = life.first().get(producer);
                        number < life.end().get(producer);
                        number++) {
                    look(life, producer, number);
                }
            }
        }
        return new Findings(
                accepted,
                ended[Outcome.DELIVERED.ordinal()],
                ended[Outcome.REFUSED.ordinal()],
                ended[Outcome.EXPIRED.ordinal()],
                ended[Outcome.DISCARDED.ordinal()],
                open,
                lost,
                unconfirmed,
                duplicates);
    }

    /** How long before its kill the oldest of the lost events was accepted, to a tick. */
    int oldestLostMs() {
        return oldestLostTicks * Account.TICK_MS;
    }

    private void look(Life life, int producer, int number) {
        Outcome outcome = account.outcome(producer, number);
        int held = account.held(producer, number);
        int acceptedTick = account.acceptedTick(producer, number);
        boolean running = acceptedTick < 0 && number == life.end().get(producer) - 1;
        if (acceptedTick < 0 && !running) {
            require(
                    outcome == null && held == 0,
                    "an event was not accepted, and has an outcome or is held",
                    producer,
                    number);
            return;
        }
        accepted += running ? 0 : 1;
        duplicates += Math.max(0, held - 1);
        if (outcome == null) {
            onOpen(life, producer, number, held, running);
        } else {
            onEnded(life, producer, number, held);
        }
    }

    private void onOpen(Life life, int producer, int number, int held, boolean running) {
        if (running) {
            return;
        }
        open++;
        if (held > 0) {
            unconfirmed++;
            return;
        }
        lost++;
        int age = life.killTick() - account.acceptedTick(producer, number);
        oldestLostTicks = Math.max(oldestLostTicks, age);
        require(
                scenario.mode() != SpoolMode.ALWAYS || age <= LOSS_WINDOW,
                "an event was lost that was accepted before the loss window of " + ChildPlan.LINGER_MS + " + "
                        + SLACK_MS + " ms",
                producer,
                number);
    }

    private void onEnded(Life life, int producer, int number, int held) {
        Outcome outcome = account.outcome(producer, number);
        ended[outcome.ordinal()]++;
        require(
                outcome != Outcome.DELIVERED || held > 0,
                "an event is delivered, and the host has it not",
                producer,
                number);
        require(outcome != Outcome.EXPIRED, "an event expired although there is a spool", producer, number);
        int endedTick = account.endedTick(producer, number);
        require(
                !account.endedTwice(producer, number) || isKillSoonAfter(endedTick),
                "an outcome that was told before a kill was told again",
                producer,
                number);
        require(
                held <= 1 || scenario.losesAnswers() || endedTick >= life.killTick() - SLACK,
                "an event was sent again although its outcome was told before the kill",
                producer,
                number);
    }

    private boolean isKillSoonAfter(int tick) {
        return lives.stream().anyMatch(life -> tick >= life.killTick() - SLACK && tick <= life.goneTick());
    }

    private void require(boolean holds, String promise, int producer, int number) {
        if (!holds) {
            violations.add(promise, Audit.name(account, producer, number) + lifeOf(producer, number));
        }
    }

    private String lifeOf(int producer, int number) {
        for (int i = 0; i < lives.size(); i++) {
            if (number < lives.get(i).end().get(producer)) {
                return " in life " + (i + 1) + ", killed at tick "
                        + lives.get(i).killTick();
            }
        }
        return "";
    }
}
