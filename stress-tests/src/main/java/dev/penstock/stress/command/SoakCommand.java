package dev.penstock.stress.command;

import dev.penstock.stress.report.Report;
import dev.penstock.stress.soak.SoakRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs a client under steady load with faults in between, and fails if heap, threads, file handles, direct"
                        + " memory or the spool grow.")
final class SoakCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Mixin
    private RunOptions options;

    SoakCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Report report = new Report(out);
        SoakRun.run(options.seed(), options.duration(), report);
        report.finish();
        return report.table().violations() == 0 ? 0 : 1;
    }
}
