package dev.penstock.stress.scenario;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Audit;
import dev.penstock.stress.account.Findings;
import dev.penstock.stress.account.Violations;
import dev.penstock.stress.load.Load;
import dev.penstock.stress.load.Outcomes;
import dev.penstock.stress.load.Setup;
import dev.penstock.stress.load.Subject;
import dev.penstock.stress.proxy.FaultCounts;
import dev.penstock.stress.proxy.FaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One run of a scenario: load and weather for a while, then the end, then the audit. What is left on disk is delivered by a
 * second client. Used once, by one thread.
 */
public final class ScenarioRun {
    private static final int CAPACITY = 8_000_000;
    private static final Duration CALM_FLUSH = Duration.ofSeconds(90);
    private static final Duration CALM_CLOSE = Duration.ofSeconds(30);
    private static final int HASTY_CLOSE_MS = 400;
    private static final int PATIENT_TIMEOUT_MS = 20_000;
    private static final int IMPATIENT_TIMEOUT_MS = 700;
    /** No request takes that little, so a capture that waited for one shows; a busy machine of two cores stays below. */
    private static final long PAUSE_BOUND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Scenario scenario;
    private final long seed;
    private final Path directory;
    private final Violations violations = new Violations();
    private final SplittableRandom random;
    private final Setup setup;
    private final List<ClientStats> lives = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param scenario what to run
     * @param seed of everything that is drawn
     * @param directory an empty one, for the account, a pipe and perhaps a spool
     */
    public ScenarioRun(Scenario scenario, long seed, Path directory) {
        this.scenario = scenario;
        this.seed = seed;
        this.directory = directory;
        this.random = new SplittableRandom(seed * 31 + scenario.name().hashCode());
        this.setup = Setup.draw(
                scenario.wire(),
                scenario.gzip(),
                scenario.overflow(),
                spool(),
                scenario.losesAnswers() ? IMPATIENT_TIMEOUT_MS : PATIENT_TIMEOUT_MS,
                random.split());
    }

    private SpoolSettings spool() {
        if (scenario.mode() == SpoolMode.OFF) {
            return SpoolSettings.OFF;
        }
        return SpoolSettings.builder(directory.resolve("spool"))
                .mode(scenario.mode())
                .sync(scenario.sync())
                .build();
    }

    /**
     * What the client is set up with.
     *
     * @return in words
     */
    public String setup() {
        return setup.toString();
    }

    /**
     * Runs.
     *
     * @param duration of the load
     * @return the result
     * @throws IOException if a file or pipe cannot be made or read
     * @throws InterruptedException if interrupted
     */
    public ScenarioResult run(Duration duration) throws IOException, InterruptedException {
        try (Account account = Account.create(directory.resolve("account"), seed, scenario.producers(), CAPACITY)) {
            World world = World.start(directory, account, violations);
            WeatherMaker weather = new WeatherMaker(world, scenario.weather(), random.split());
            Outcomes outcomes = new Outcomes(account, violations);
            Subject subject = Subject.open("stress", setup, world.proxy().uri(), outcomes);
            Load load = new Load(subject, account, violations, random.split(), scenario.eventsPerSecond());
            load.start();
            weather.until(System.nanoTime() + duration.toNanos());
            if (scenario.hasty()) {
                end(subject, Duration.ofMillis(random.nextInt(HASTY_CLOSE_MS)));
                load.stop();
            } else {
                load.stop();
                world.calm();
                flush(subject);
                if (random.nextBoolean()) {
                    awaitEmptySpool(subject);
                }
                end(subject, CALM_CLOSE);
            }
            world.calm();
            drain(world, outcomes);
            long received = world.end();
            return audit(account, load, world, weather, received);
        }
    }

    private void flush(Subject subject) {
        FlushResult flushed = subject.flush(CALM_FLUSH);
        violations.check(
                flushed == FlushResult.COMPLETED,
                "a flush in calm weather did not complete",
                flushed + " after " + CALM_FLUSH + ": " + subject.stats().summary());
    }

    private void end(Subject subject, Duration timeout) {
        CloseReport closed = subject.close(timeout);
        ClientStats stats = subject.stats();
        lives.add(stats);
        violations.check(closed.threadsStopped(), "threads did not stop at the close", closed.toString());
        violations.check(stats.isBalanced(), "the account of a closed client does not balance", stats.summary());
        long pending = stats.pending().total() - stats.pending().inSpool();
        violations.check(pending == 0, "events are pending in memory after the close", stats.summary());
    }

    /** Has a second client deliver what the first left on disk. */
    private void drain(World world, Outcomes outcomes) throws InterruptedException {
        if (scenario.mode() == SpoolMode.OFF) {
            return;
        }
        long left = lives.get(0).pending().inSpool();
        Subject second = Subject.open("drain", setup, world.proxy().uri(), outcomes);
        await(second, left);
        end(second, CALM_CLOSE);
        ClientStats stats = lives.get(1);
        violations.check(
                stats.recovered() == left,
                "another number of events was recovered than was left",
                left + " left, " + stats.recovered() + " recovered");
        violations.check(
                stats.pending().inSpool() == 0,
                "a spool is not empty after it was drained in calm weather",
                stats.summary());
    }

    /** A circuit must close again and batches that rest must be tried again, without a restart. */
    private void awaitEmptySpool(Subject subject) throws InterruptedException {
        await(subject, 0);
        violations.check(
                subject.stats().pending().inSpool() == 0,
                "a client did not empty its spool in calm weather",
                subject.stats().summary());
    }

    /** Waits until a client has recovered so many events and has nothing to do; or gives up. */
    private static void await(Subject subject, long recovered) throws InterruptedException {
        long deadline = System.nanoTime() + CALM_FLUSH.toNanos();
        ClientStats stats = subject.stats();
        while (!isIdle(stats, recovered) && System.nanoTime() - deadline < 0) {
            Thread.sleep(Account.TICK_MS);
            stats = subject.stats();
        }
    }

    /** Balanced as well: an event on its way from one place to another is counted in neither. */
    private static boolean isIdle(ClientStats stats, long recovered) {
        return stats.recovered() >= recovered && stats.pending().total() == 0 && stats.isBalanced();
    }

    private ScenarioResult audit(Account account, Load load, World world, WeatherMaker weather, long received) {
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
                lives.stream().map(ScenarioRun::summary).toList(),
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
        same("ended", lives.stream().mapToLong(ScenarioRun::ended).sum(), ended(findings) + unnoticed);
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
