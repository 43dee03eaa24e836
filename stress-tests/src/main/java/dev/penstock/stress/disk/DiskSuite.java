package dev.penstock.stress.disk;

import dev.penstock.stress.report.Report;
import dev.penstock.stress.report.Row;
import dev.penstock.stress.scenario.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Runs disk scenarios, each in a directory of its own, and reports them. One thread. */
public final class DiskSuite {
    private DiskSuite() {}

    /**
     * Runs one kind, or says why it cannot.
     *
     * @param kind what is wrong with the disk
     * @param seed of what is drawn
     * @param duration of the load
     * @param report where it is told
     * @throws IOException if a file or pipe cannot be made or read
     * @throws InterruptedException if interrupted
     */
    public static void run(DiskKind kind, long seed, Duration duration, Report report)
            throws IOException, InterruptedException {
        String replay = "stress-tests/run-stress.sh disk --scenario " + kind.label() + " --seed " + seed
                + " --duration " + duration.toMillis() + "ms";
        report.line("disk " + kind.label() + ", seed " + seed + " (again: " + replay + ")");
        try (WorkDirectory directory = WorkDirectory.make("disk-" + kind.label())) {
            Path disk = directory.path().resolve("disk");
            if (!kind.needsMount()) {
                report(kind, seed, replay, report, directory.path(), duration, null);
                return;
            }
            Optional<TinyDisk> mounted = TinyDisk.mount(disk);
            if (mounted.isEmpty()) {
                report.line("    SKIPPED: this process may not mount a file system; run it as root on Linux");
                return;
            }
            try (TinyDisk tiny = mounted.get()) {
                report(kind, seed, replay, report, directory.path(), duration, tiny);
            }
        }
    }

    private static void report(
            DiskKind kind, long seed, String replay, Report report, Path directory, Duration duration, TinyDisk tiny)
            throws IOException, InterruptedException {
        DiskRun run = new DiskRun(kind, seed, directory);
        DiskResult result = DiskResult.NOT_STARTED;
        if (kind == DiskKind.READ_ONLY) {
            tiny.makeReadOnly();
            run.startReadOnly();
        } else {
            result = run.run(duration);
        }
        report.line("    " + result.setup());
        report.line("    client: " + result.account());
        report.line("    " + result.findings());
        report.add(new Row(
                "disk",
                kind.label(),
                seed,
                1,
                result.findings().accepted(),
                1,
                result.findings().lost(),
                result.findings().duplicates(),
                result.findings().unconfirmed(),
                result.worstPauseNs() / 1e6,
                "machine's own hiccup " + result.worstHiccupNs() / 1_000_000 + " ms",
                run.violations(),
                replay));
    }
}
