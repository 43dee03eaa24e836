package dev.penstock.stress.kill;

import dev.penstock.stress.report.Report;
import dev.penstock.stress.report.Row;
import dev.penstock.stress.scenario.WorkDirectory;
import java.io.IOException;
import java.time.Duration;

/** Runs kill loops, each in a directory of its own, and reports them. One thread. */
public final class KillSuite {
    /** Times in the account end a little later. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(100);

    private KillSuite() {}

    /**
     * Runs one scenario, in several runs with seeds that follow each other if it is to last long.
     *
     * @param scenario what to run
     * @param seed of what is drawn
     * @param duration of all runs together
     * @param report where it is told
     * @throws IOException if a file or process cannot be made
     * @throws InterruptedException if interrupted
     */
    public static void run(KillScenario scenario, long seed, Duration duration, Report report)
            throws IOException, InterruptedException {
        Duration left = duration;
        for (long next = seed; next == seed || left.compareTo(Duration.ZERO) > 0; next++) {
            Duration now = left.compareTo(LONGEST_RUN) > 0 ? LONGEST_RUN : left;
            runOnce(scenario, next, now, report);
            left = left.minus(now);
        }
    }

    /**
     * Runs one scenario once.
     *
     * @param scenario what to run
     * @param seed of what is drawn
     * @param duration until the last kill, about; at most 100 s
     * @param report where it is told
     * @return the result
     * @throws IOException if a file or process cannot be made
     * @throws InterruptedException if interrupted
     */
    public static KillResult runOnce(KillScenario scenario, long seed, Duration duration, Report report)
            throws IOException, InterruptedException {
        String replay = "stress-tests/run-stress.sh kill --scenario " + scenario.name() + " --seed " + seed
                + " --duration " + duration.toMillis() + "ms";
        report.line("kill " + scenario.name() + ", seed " + seed + " (again: " + replay + ")");
        try (WorkDirectory directory = WorkDirectory.make("kill-" + scenario.name())) {
            KillResult result = new KillRun(scenario, seed, directory.path()).run(duration);
            report.line("    " + result.kills() + " kills; " + result.findings());
            report.add(row(result, replay));
            if (result.violations().total() > 0) {
                directory.keep();
                report.line("    kept: " + directory.path());
            }
            return result;
        }
    }

    private static Row row(KillResult result, String replay) {
        return new Row(
                "kill",
                result.scenario(),
                result.seed(),
                result.kills(),
                result.findings().accepted(),
                result.faults(),
                result.findings().lost(),
                result.findings().duplicates(),
                result.findings().unconfirmed(),
                result.worstPauseNs() / 1e6,
                "oldest lost " + result.oldestLostMs() + " ms before its kill, recovered at last " + result.recovered(),
                result.violations(),
                replay);
    }
}
