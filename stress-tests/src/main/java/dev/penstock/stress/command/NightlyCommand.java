package dev.penstock.stress.command;

import dev.penstock.stress.disk.DiskKind;
import dev.penstock.stress.disk.DiskSuite;
import dev.penstock.stress.kill.KillScenario;
import dev.penstock.stress.kill.KillSuite;
import dev.penstock.stress.races.RacesRun;
import dev.penstock.stress.report.Report;
import dev.penstock.stress.scenario.Scenario;
import dev.penstock.stress.scenario.ScenarioSuite;
import dev.penstock.stress.scenario.Scenarios;
import dev.penstock.stress.soak.SoakRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code nightly}: every family, one after the other, and one table. */
@Command(
        name = "nightly",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs every family, in about the time that is given, and prints one table.")
final class NightlyCommand implements Callable<Integer> {
    private static final int SCENARIO_PERCENT = 40;
    private static final int KILL_PERCENT = 25;
    private static final int DISK_PERCENT = 8;
    private static final int SOAK_PERCENT = 20;
    /** What a run takes besides its load: to start, to come to rest, to drain, to be audited. */
    private static final Duration OVERHEAD = Duration.ofSeconds(8);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final PrintWriter out;

    @Option(names = "--seed", paramLabel = "N", description = "What is drawn. Default a new one, which is printed.")
    private Long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = RunOptions.Time.class,
            defaultValue = "30m",
            description = "About how long all of it lasts. Default ${DEFAULT-VALUE}.")
    private Duration duration;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            defaultValue = "stress-tests/target/nightly.md",
            description = "Where the table is written as Markdown. Default ${DEFAULT-VALUE}.")
    private Path table;

    NightlyCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long drawn = seed == null ? ThreadLocalRandom.current().nextLong(RunOptions.SEEDS) : seed;
        Report report = new Report(out);
        report.line("nightly, seed " + drawn);
        RacesRun.run("sanity", table.toAbsolutePath().resolveSibling("jcstress"), report);
        for (Scenario scenario : Scenarios.ALL) {
            ScenarioSuite.run(scenario, drawn, share(SCENARIO_PERCENT, Scenarios.ALL.size()), report);
        }
        for (KillScenario scenario : KillScenario.ALL) {
            KillSuite.run(scenario, drawn, share(KILL_PERCENT, KillScenario.ALL.size()), report);
        }
        for (DiskKind kind : DiskKind.values()) {
            DiskSuite.run(kind, drawn, share(DISK_PERCENT, DiskKind.values().length), report);
        }
        SoakRun.run(drawn, share(SOAK_PERCENT, 1), report);
        report.finish();
        Files.createDirectories(table.toAbsolutePath().getParent());
        Files.write(table, report.table().lines());
        report.line("written to " + table);
        return report.table().violations() == 0 ? 0 : 1;
    }

    /** The load of one run, if so many share a part of the whole. */
    private Duration share(int percent, int runs) {
        Duration load = duration.multipliedBy(percent).dividedBy(100L * runs).minus(OVERHEAD);
        return load.compareTo(SHORTEST) < 0 ? SHORTEST : load;
    }
}
