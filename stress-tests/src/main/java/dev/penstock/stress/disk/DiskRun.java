package dev.penstock.stress.disk;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.client.Outcome;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolOverflow;
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
import dev.penstock.stress.scenario.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run: load while the host is away and the disk fails, then the host comes back and everything that is left is
 * delivered, then the audit. Used once, by one thread.
 */
final class DiskRun {
    private static final int PRODUCERS = 4;
    private static final int CAPACITY = 4_000_000;
    private static final long EVENTS_PER_SECOND = 40_000;
    private static final int SEGMENT_BYTES = 512 << 10;
    private static final long BOUND_BYTES = 2L << 20;
    private static final int REQUEST_TIMEOUT_MS = 20_000;
    private static final long PAUSE_BOUND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DiskKind kind;
    private final long seed;
    private final Path directory;
    private final Path spool;
    private final Violations violations = new Violations();
    private final SplittableRandom random;

    DiskRun(DiskKind kind, long seed, Path directory) {
        this.kind = kind;
        this.seed = seed;
        this.directory = directory;
        this.spool = directory.resolve("disk").resolve("spool");
        this.random = new SplittableRandom(seed * 31 + kind.ordinal());
    }

    Violations violations() {
        return violations;
    }

    private Setup setup() {
        SpoolSettings.Builder settings = SpoolSettings.builder(spool)
                .mode(random.nextBoolean() ? SpoolMode.ALWAYS : SpoolMode.ON_OUTAGE)
                .segmentBytes(SEGMENT_BYTES);
        if (kind == DiskKind.BOUND_STOPS || kind == DiskKind.BOUND_DROPS) {
            settings.maxBytes(BOUND_BYTES);
        }
        if (kind == DiskKind.BOUND_DROPS) {
            settings.overflow(SpoolOverflow.DROP_OLDEST);
        }
        return Setup.draw(
                random.nextBoolean() ? Wire.V0 : Wire.V1,
                true,
                OverflowPolicy.DROP_NEWEST,
                settings.build(),
                REQUEST_TIMEOUT_MS,
                random.split());
    }

    DiskResult run(Duration duration) throws IOException, InterruptedException {
        Setup setup = setup();
        try (Account account = Account.create(directory.resolve("account"), seed, PRODUCERS, CAPACITY)) {
            World world = World.start(directory, account, violations);
            world.proxy().refuse();
            Subject subject = Subject.open("disk", setup, world.proxy().uri(), new Outcomes(account, violations));
            Load load = new Load(subject, account, violations, random.split(), EVENTS_PER_SECOND);
            load.start();
            Thread.sleep(duration.toMillis() / 2);
            if (kind == DiskKind.REMOVED) {
                remove();
            }
            Thread.sleep(duration.toMillis() / 2);
            world.calm();
            await(subject, stats -> stats.delivered() > 0, "nothing was delivered after the host came back");
            load.stop();
            // Balanced as well: an event on its way from one place to another is counted in neither.
            await(
                    subject,
                    stats -> stats.pending().total() == 0 && stats.isBalanced(),
                    "events were left pending in calm weather");
            CloseReport closed = subject.close(Duration.ofSeconds(30));
            ClientStats stats = subject.stats();
            violations.check(closed.threadsStopped(), "threads did not stop at the close", stats.summary());
            violations.check(stats.isBalanced(), "the account of a closed client does not balance", stats.summary());
            world.end();
            Findings findings = Audit.of(account, violations, false, unnamed(account, stats));
            violations.check(findings.duplicates() == 0, "duplicates although no answer was lost", findings.toString());
            lookForTheFault(stats);
            violations.check(
                    load.worstPauseNs() <= PAUSE_BOUND_NS + load.worstHiccupNs(),
                    "a capture took too long",
                    TimeUnit.NANOSECONDS.toMillis(load.worstPauseNs()) + " ms");
            return new DiskResult(
                    setup.toString(),
                    stats.summary() + "; " + stats.spool(),
                    findings,
                    load.worstPauseNs(),
                    load.worstHiccupNs());
        }
    }

    /** Events whose record is gone have lost their names with it: they are counted, and nobody can be told which they are. */
    private long unnamed(Account account, ClientStats stats) {
        return stats.noticesDropped()
                + (kind == DiskKind.REMOVED ? stats.discarded() - account.count(Outcome.DISCARDED) : 0);
    }

    /** A run in which nothing went wrong proves nothing. */
    private void lookForTheFault(ClientStats stats) {
        boolean struck = switch (kind) {
            case FULL, BOUND_STOPS -> stats.spool().failedEvents() > 0;
            case BOUND_DROPS -> stats.spool().discardedEvents() > 0;
            case REMOVED, READ_ONLY -> stats.spool().storedEvents() > 0;
        };
        violations.check(struck, "the disk did not fail as it should", stats.summary() + " " + stats.spool());
    }

    private interface Condition {
        boolean holds(ClientStats stats);
    }

    private void await(Subject subject, Condition condition, String promise) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds(subject.stats())) {
            if (System.nanoTime() - deadline > 0) {
                violations.add(promise, subject.stats().summary());
                return;
            }
            TimeUnit.MILLISECONDS.sleep(Account.TICK_MS);
        }
    }

    /** While files are made in it, so perhaps not at the first try. */
    private void remove() throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(spool)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            if (!Files.isDirectory(path)) {
                Files.deleteIfExists(path);
            }
        }
        Files.move(spool, spool.resolveSibling("gone"));
    }

    /** A client must not start on a disk that cannot be written, and say where and why. */
    void startReadOnly() {
        Setup setup = setup();
        try (Subject subject =
                Subject.open("disk", setup, URI.create("http://127.0.0.1:9"), new Outcomes(null, violations))) {
            violations.add(
                    "a client started on a disk that cannot be written",
                    subject.stats().summary());
        } catch (RuntimeException e) {
            violations.check(
                    String.valueOf(e.getMessage()).contains(spool.getParent().toString()),
                    "a message does not say where the disk is that cannot be written",
                    e.toString());
        }
    }
}
