package dev.penstock.stress.scenario;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.FlushResult;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Violations;
import dev.penstock.stress.load.Load;
import dev.penstock.stress.load.Outcomes;
import dev.penstock.stress.load.Setup;
import dev.penstock.stress.load.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

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
            return new ScenarioAudit(scenario, setup, lives, violations)
                    .result(seed, account, load, world, weather, received);
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

    /** Waits until a client has recovered so many events and has nothing to do; gives up when it gets no further. */
    private static void await(Subject subject, long recovered) throws InterruptedException {
        long movedNs = System.nanoTime();
        ClientStats stats = subject.stats();
        while (!isIdle(stats, recovered) && System.nanoTime() - movedNs < CALM_FLUSH.toNanos()) {
            Thread.sleep(Account.TICK_MS);
            long before = ended(stats);
            stats = subject.stats();
            movedNs = ended(stats) == before ? movedNs : System.nanoTime();
        }
    }

    private static long ended(ClientStats stats) {
        return stats.delivered() + stats.refused() + stats.expired() + stats.discarded();
    }

    /** Balanced as well: an event on its way from one place to another is counted in neither. */
    private static boolean isIdle(ClientStats stats, long recovered) {
        return stats.recovered() >= recovered && stats.pending().total() == 0 && stats.isBalanced();
    }
}
