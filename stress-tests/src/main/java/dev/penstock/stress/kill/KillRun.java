package dev.penstock.stress.kill;

import dev.penstock.client.ClientStats;
import dev.penstock.stress.account.Account;
import dev.penstock.stress.account.Findings;
import dev.penstock.stress.account.Violations;
import dev.penstock.stress.load.Outcomes;
import dev.penstock.stress.load.Subject;
import dev.penstock.stress.scenario.WeatherMaker;
import dev.penstock.stress.scenario.World;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One run: processes that are started and killed one after another on one spool, then a client in this process that drains
 * it, then the audit. Used once, by one thread.
 */
final class KillRun {
    private static final int PRODUCERS = 4;
    private static final int CAPACITY = 4_000_000;
    private static final long EVENTS_PER_SECOND = 8_000;
    private static final int MAX_LIFE_MS = 2_500;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(2);

    private final KillScenario scenario;
    private final long seed;
    private final Path directory;
    private final Violations violations = new Violations();
    private final SplittableRandom random;
    private final List<Life> lives = new ArrayList<>();
    private long recovered;

    KillRun(KillScenario scenario, long seed, Path directory) {
        this.scenario = scenario;
        this.seed = seed;
        this.directory = directory;
        this.random = new SplittableRandom(seed * 31 + scenario.name().hashCode());
    }

    KillResult run(Duration duration) throws IOException, InterruptedException {
        Control control = Control.at(directory.resolve("control"));
        try (Account account = Account.create(directory.resolve("account"), seed, PRODUCERS, CAPACITY)) {
            World world = World.start(directory, account, violations);
            WeatherMaker weather = new WeatherMaker(world, scenario.weather(), random.split());
            long end = System.nanoTime() + duration.toNanos();
            while (lives.isEmpty() || System.nanoTime() - end < 0) {
                live(account, control, world, weather);
            }
            world.calm();
            drain(account, world);
            world.end();
            KillAudit audit = new KillAudit(account, violations, scenario, lives);
            Findings findings = audit.findings();
            return new KillResult(
                    scenario.name(),
                    seed,
                    lives.size(),
                    findings,
                    audit.oldestLostMs(),
                    recovered,
                    world.proxy().counts().total() + weather.hostFaults() + lives.size(),
                    control.worstPause(),
                    violations);
        }
    }

    private void live(Account account, Control control, World world, WeatherMaker weather)
            throws IOException, InterruptedException {
        int number = lives.size() + 1;
        List<Integer> first = attempted(account);
        if (scenario.hostDown()) {
            world.proxy().refuse();
        }
        Process child = start(plan(world, number));
        try {
            awaitBegin(child, control, number);
            int lifeMs = random.nextInt(MAX_LIFE_MS);
            if (scenario.hostDown()) {
                Thread.sleep(lifeMs);
            } else {
                weather.until(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lifeMs));
            }
        } finally {
            int tick = account.tick();
            long onDisk = control.onDisk();
            violations.check(child.isAlive(), "a process ended before it was killed", "life " + number);
            child.destroyForcibly();
            child.waitFor();
            lives.add(new Life(tick, account.tick() + 1, first, attempted(account), onDisk));
        }
        lookAtDisk(number);
    }

    private static List<Integer> attempted(Account account) {
        return IntStream.range(0, account.producers())
                .mapToObj(account::attempted)
                .toList();
    }

    private ChildPlan plan(World world, int life) {
        return new ChildPlan(
                directory,
                world.proxy().uri(),
                scenario.wire(),
                scenario.mode(),
                scenario.sync(),
                seed,
                life,
                EVENTS_PER_SECOND);
    }

    private static Process start(ChildPlan plan) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KillChild.class.getName()));
        command.addAll(plan.arguments());
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitBegin(Process child, Control control, int life) throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (control.life() != life) {
            if (System.nanoTime() - deadline > 0 || !child.isAlive()) {
                throw new IllegalStateException("the process under test did not begin");
            }
            Thread.sleep(5);
        }
    }

    /** While nobody takes events off the disk, what was reported to be there must be there after the kill. */
    private void lookAtDisk(int life) throws IOException {
        if (scenario.hostDown()) {
            long reported = lives.get(life - 1).onDisk();
            long found = DiskLook.events(directory.resolve("spool"));
            violations.check(
                    found >= reported,
                    "events reported on disk were not there after the kill",
                    "life " + life + ": " + reported + " reported, " + found + " found");
        }
    }

    private void drain(Account account, World world) throws IOException, InterruptedException {
        long found = DiskLook.events(directory.resolve("spool"));
        Subject subject =
                Subject.open("drain", plan(world, 0).setup(), world.proxy().uri(), new Outcomes(account, violations));
        long movedNs = System.nanoTime();
        long delivered = 0;
        boolean settled = false;
        while (System.nanoTime() - movedNs < DRAIN_PATIENCE.toNanos() && !settled) {
            Thread.sleep(Account.TICK_MS);
            ClientStats now = subject.stats();
            // The spool is looked through in the background; only then is "nothing pending" an answer.
            settled = now.recovered() >= found && now.pending().total() == 0 && now.isBalanced();
            movedNs = now.delivered() == delivered ? movedNs : System.nanoTime();
            delivered = now.delivered();
        }
        subject.close(Duration.ofSeconds(30));
        ClientStats stats = subject.stats();
        recovered = stats.recovered();
        violations.check(stats.isBalanced(), "the account of a closed client does not balance", stats.summary());
        violations.check(stats.pending().total() == 0, "a spool is not empty after it was drained", stats.summary());
    }
}
