package dev.penstock.stress.soak;

import dev.penstock.client.ClientStats;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SpoolSettings;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Audit;
import dev.penstock.stress.account.Findings;
import dev.penstock.stress.account.Violations;
import dev.penstock.stress.load.Load;
import dev.penstock.stress.load.Outcomes;
import dev.penstock.stress.load.Setup;
import dev.penstock.stress.load.Subject;
import dev.penstock.stress.load.Wire;
import dev.penstock.stress.report.Report;
import dev.penstock.stress.report.Row;
import dev.penstock.stress.scenario.Weather;
import dev.penstock.stress.scenario.WeatherMaker;
import dev.penstock.stress.scenario.WorkDirectory;
import dev.penstock.stress.scenario.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Steady load with faults in between, and samples of what the process holds, each after a calm moment. One thread. */
public final class SoakRun {
    private static final int PRODUCERS = 4;
    private static final int CAPACITY = 40_000_000;
    private static final long EVENTS_PER_SECOND = 8_000;
    private static final int SAMPLES = 60;
    private static final long MIN_INTERVAL_MS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<Weather> WEATHER = List.of(
            Weather.CALM,
            Weather.CALM,
            Weather.CALM,
            Weather.SLOW,
            Weather.LOST_ANSWERS,
            Weather.LOST_REQUESTS,
            Weather.BLACK_HOLE,
            Weather.BUSY,
            Weather.OUTAGE,
            Weather.CORRUPT_ANSWERS);

    private final long seed;
    private final Path directory;
    private final Violations violations = new Violations();
    private final SplittableRandom random;
    private final Samples samples = new Samples();

    private SoakRun(long seed, Path directory) {
        this.seed = seed;
        this.directory = directory;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Runs.
     *
     * @param seed of what is drawn
     * @param duration of the load
     * @param report where it is told
     * @throws IOException if a file or pipe cannot be made or read
     * @throws InterruptedException if interrupted
     */
    public static void run(long seed, Duration duration, Report report) throws IOException, InterruptedException {
        String replay = "stress-tests/run-stress.sh soak --seed " + seed + " --duration " + duration.toMillis() + "ms";
        report.line("soak, seed " + seed + " (again: " + replay + ")");
        try (WorkDirectory directory = WorkDirectory.make("soak")) {
            new SoakRun(seed, directory.path()).run(duration, report, replay);
        }
    }

    private void run(Duration duration, Report report, String replay) throws IOException, InterruptedException {
        Setup setup = new Setup(
                Wire.V0,
                true,
                OverflowPolicy.DROP_NEWEST,
                SpoolSettings.builder(directory.resolve("spool")).build(),
                2,
                8_192,
                100,
                100,
                4,
                3,
                1_000,
                8);
        report.line("    " + setup);
        try (Account account = Account.create(directory.resolve("account"), seed, PRODUCERS, CAPACITY)) {
            World world = World.start(directory, account, violations);
            WeatherMaker weather = new WeatherMaker(world, WEATHER, random.split());
            Subject subject = Subject.open("soak", setup, world.proxy().uri(), new Outcomes(account, violations));
            Load load = new Load(subject, account, violations, random.split(), EVENTS_PER_SECOND);
            load.start();
            soak(duration, world, weather, subject);
            load.stop();
            world.calm();
            awaitIdle(subject);
            subject.close(Duration.ofSeconds(30));
            ClientStats stats = subject.stats();
            violations.check(stats.isBalanced(), "the account of a closed client does not balance", stats.summary());
            world.end();
            Findings findings = Audit.of(account, violations, true, stats.noticesDropped());
            report.line("    client: " + stats.summary());
            report.line("    " + findings);
            report.add(new Row(
                    "soak",
                    "soak",
                    seed,
                    1,
                    findings.accepted(),
                    world.proxy().counts().total() + weather.hostFaults(),
                    findings.lost(),
                    findings.duplicates(),
                    findings.unconfirmed(),
                    load.worstPauseNs() / 1e6,
                    samples.count() + " samples: " + samples.judge(violations) + "; machine's own hiccup "
                            + load.worstHiccupNs() / 1_000_000 + " ms, collections for samples included",
                    violations,
                    replay));
        }
    }

    private void soak(Duration duration, World world, WeatherMaker weather, Subject subject)
            throws IOException, InterruptedException {
        long intervalNs = TimeUnit.MILLISECONDS.toNanos(Math.max(MIN_INTERVAL_MS, duration.toMillis() / SAMPLES));
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - end < 0) {
            weather.until(System.nanoTime() + intervalNs / 2);
            world.calm();
            TimeUnit.NANOSECONDS.sleep(intervalNs / 2);
            // The ids it remembers would be all that grows here.
            world.collector().reset();
            samples.take(subject.stats().spool().bytes());
        }
    }

    private void awaitIdle(Subject subject) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ClientStats stats = subject.stats();
        while (stats.pending().total() > 0 || !stats.isBalanced()) {
            if (System.nanoTime() - deadline > 0) {
                violations.add("events were left pending in calm weather", stats.summary());
                return;
            }
            Thread.sleep(Account.TICK_MS);
            stats = subject.stats();
        }
    }
}
