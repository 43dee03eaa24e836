package dev.penstock.stress.scenario;

import dev.penstock.client.ClientStats;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SpoolMode;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Audit;
import dev.penstock.stress.account.Findings;
import dev.penstock.stress.account.Violations;
import dev.penstock.stress.load.Load;
import dev.penstock.stress.load.Setup;
import dev.penstock.stress.proxy.FaultCounts;
import dev.penstock.stress.proxy.FaultKind;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The end of a run: the {@link Audit} of each event, and what must hold of all of them together: three counts of the same
 * events, how many duplicates there may be, how long a capture may take. Used once, by one thread.
 */
final class ScenarioAudit {
    /** No request takes that little, so a capture that waited for one shows; a busy machine of two cores stays below. */
    private static final long PAUSE_BOUND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Scenario scenario;
    private final Setup setup;
    private final List<ClientStats> lives;
    private final Violations violations;

    ScenarioAudit(Scenario scenario, Setup setup, List<ClientStats> lives, Violations violations) {
        this.scenario = scenario;
        this.setup = setup;
        this.lives = lives;
        this.violations = violations;
    }

    ScenarioResult result(long seed, Account account, Load load, World world, WeatherMaker weather, long received) {
        long unnoticed = lives.stream().mapToLong(ClientStats::noticesDropped).sum();
        Findings findings = Audit.of(account, violations, scenario.losesAnswers(), unnoticed);
        compare(findings, received, world);
        long allowed = duplicatesAllowed(world, weather);
        violations.check(
                findings.duplicates() <= allowed,
                "more duplicates than lost answers explain",
                findings.duplicates() + ", " + allowed + " explained");
        long bound = PAUSE_BOUND_NS
                + load.worstHiccupNs()
                + (scenario.overflow() == OverflowPolicy.WAIT
                        ? TimeUnit.MILLISECONDS.toNanos(Setup.OVERFLOW_WAIT_MS)
                        : 0);
        violations.check(
                load.worstPauseNs() <= bound,
                "a capture took too long",
                TimeUnit.NANOSECONDS.toMillis(load.worstPauseNs()) + " ms");
        return new ScenarioResult(
                scenario.name(),
                seed,
                setup.toString(),
                load.attempts(),
                findings,
                allowed,
                lives.stream().map(ScenarioAudit::summary).toList(),
                lives.stream().mapToLong(ClientStats::recovered).sum(),
                "network: " + world.proxy().counts() + "; host: " + weather.hostFaults(),
                world.proxy().counts().total() + weather.hostFaults(),
                load.worstPauseNs(),
                load.worstHiccupNs(),
                violations);
    }

    /** The client's figures, the account's and the host's are three counts of the same events. */
    private void compare(Findings findings, long received, World world) {
        long accepted = lives.stream().mapToLong(ClientStats::accepted).sum();
        same("accepted", accepted, findings.accepted());
        long unnoticed = lives.stream().mapToLong(ClientStats::noticesDropped).sum();
        if (unnoticed == 0) {
            same("delivered", lives.stream().mapToLong(ClientStats::delivered).sum(), findings.delivered());
            same("refused", lives.stream().mapToLong(ClientStats::refused).sum(), findings.refused());
            same("expired", lives.stream().mapToLong(ClientStats::expired).sum(), findings.expired());
            same("discarded", lives.stream().mapToLong(ClientStats::discarded).sum(), findings.discarded());
        }
        same("ended", lives.stream().mapToLong(ScenarioAudit::ended).sum(), ended(findings) + unnoticed);
        long counted = world.collector().stats().events();
        violations.check(
                received == counted,
                "the host's record and count differ",
                received + " in the record, " + counted + " counted");
        if (!scenario.spoilsRequests()) {
            long invalid = world.collector().stats().invalid();
            violations.check(
                    invalid == 0,
                    "the host found invalid requests",
                    invalid + ", such as "
                            + world.collector().invalidReasons().stream()
                                    .limit(3)
                                    .toList());
        }
    }

    private static String summary(ClientStats stats) {
        return stats.summary() + "; requests " + stats.delivery().requests() + ", retries "
                + stats.delivery().retries() + "; circuit opened "
                + stats.health().circuitOpenings() + " times";
    }

    private static long ended(ClientStats stats) {
        return stats.delivered() + stats.refused() + stats.expired() + stats.discarded();
    }

    private static long ended(Findings findings) {
        return findings.delivered() + findings.refused() + findings.expired() + findings.discarded();
    }

    private void same(String what, long told, long found) {
        violations.check(
                told == found,
                "the client's figures are not what its events say",
                what + ": " + told + " by the figures, " + found + " by the events");
    }

    /**
     * A batch is sent again although the host has it only where its answer was lost: a connection broke or was ended or
     * silenced, an answer was spoilt (which may spoil the next on its connection), the host kept it and said otherwise,
     * the client did not wait, or was closed.
     */
    private long duplicatesAllowed(World world, WeatherMaker weather) {
        long lost =
                lives.stream().mapToLong(stats -> stats.delivery().timeouts()).sum();
        if (scenario.losesAnswers()) {
            FaultCounts faults = world.proxy().counts();
            lost += world.proxy().broken()
                    + faults.of(FaultKind.HALF_CLOSE)
                    + faults.of(FaultKind.DROP)
                    + 2 * faults.of(FaultKind.CORRUPT)
                    + weather.lostByHost();
        }
        if (scenario.hasty() && scenario.mode() != SpoolMode.OFF) {
            lost += (long) setup.lanes() * setup.inFlight();
        }
        return lost * setup.batch();
    }
}
