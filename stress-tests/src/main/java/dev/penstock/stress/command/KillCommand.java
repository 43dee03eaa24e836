package dev.penstock.stress.command;

import dev.penstock.stress.kill.KillScenario;
import dev.penstock.stress.kill.KillSuite;
import dev.penstock.stress.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code kill}. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Kills processes under load, again and again, drains what they left on disk, and checks the stated"
                        + " loss window of each mode of the spool.")
final class KillCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options;

    KillCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<KillScenario> wanted = options.wanted(spec, KillScenario.ALL, KillScenario::name);
        Report report = new Report(out);
        long seed = options.seed();
        for (KillScenario scenario : wanted) {
            KillSuite.run(scenario, seed, options.duration(), report);
        }
        report.finish();
        return report.table().violations() == 0 ? 0 : 1;
    }
}
