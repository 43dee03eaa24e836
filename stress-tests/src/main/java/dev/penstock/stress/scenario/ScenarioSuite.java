package dev.penstock.stress.scenario;

import dev.penstock.stress.report.Report;
import dev.penstock.stress.report.Row;
import java.io.IOException;
import java.time.Duration;

/** Runs scenarios, each in a directory of its own, and reports them. One thread. */
public final class ScenarioSuite {
    private ScenarioSuite() {}

    /**
     * Runs one scenario.
     *
     * @param scenario what to run
     * @param seed of what is drawn
     * @param duration of the load
     * @param report where it is told
     * @return the result
     * @throws IOException if a file or pipe cannot be made or read
     * @throws InterruptedException if interrupted
     */
    public static ScenarioResult run(Scenario scenario, long seed, Duration duration, Report report)
            throws IOException, InterruptedException {
        String replay = "stress-tests/run-stress.sh scenarios --scenario " + scenario.name() + " --seed " + seed
                + " --duration " + duration.toMillis() + "ms";
        report.line("scenario " + scenario.name() + ", seed " + seed + " (again: " + replay + ")");
        try (WorkDirectory directory = WorkDirectory.make("scenario-" + scenario.name())) {
            ScenarioRun run = new ScenarioRun(scenario, seed, directory.path());
            report.line("    " + run.setup());
            ScenarioResult result = run.run(duration);
            result.lives().forEach(life -> report.line("    client: " + life));
            report.line("    " + result.faults() + "; " + result.findings());
            report.add(row(result, replay));
            if (result.violations().total() > 0) {
                directory.keep();
                report.line("    kept: " + directory.path());
            }
            return result;
        }
    }

    private static Row row(ScenarioResult result, String replay) {
        return new Row(
                "scenarios",
                result.scenario(),
                result.seed(),
                1,
                result.findings().accepted(),
                result.faultCount(),
                result.findings().lost(),
                result.findings().duplicates(),
                result.findings().unconfirmed(),
                result.worstPauseMs(),
                "recovered " + result.recovered() + ", machine's own hiccup " + result.worstHiccupNs() / 1_000_000
                        + " ms",
                result.violations(),
                replay);
    }
}
