package dev.penstock.stress.command;

import dev.penstock.stress.report.Report;
import dev.penstock.stress.scenario.Scenario;
import dev.penstock.stress.scenario.ScenarioSuite;
import dev.penstock.stress.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code scenarios}. */
@Command(
        name = "scenarios",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs clients under load before a host and a network that fail at random, then accounts for every"
                + " event by its UUID.")
final class ScenariosCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options;

    ScenariosCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Scenario> wanted = options.wanted(spec, Scenarios.ALL, Scenario::name);
        Report report = new Report(out);
        long seed = options.seed();
        for (Scenario scenario : wanted) {
            ScenarioSuite.run(scenario, seed, options.duration(), report);
        }
        report.finish();
        return report.table().violations() == 0 ? 0 : 1;
    }
}
