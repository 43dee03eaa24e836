package dev.penstock.stress.command;

import dev.penstock.stress.disk.DiskKind;
import dev.penstock.stress.disk.DiskSuite;
import dev.penstock.stress.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code disk}. */
@Command(
        name = "disk",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Fills, bounds, write-protects and removes the disk of a spool while the host is away. Some need root,"
                        + " for a small file system of their own, and say so where it is not to be had.")
final class DiskCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options;

    DiskCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<DiskKind> wanted = options.wanted(spec, List.of(DiskKind.values()), DiskKind::label);
        Report report = new Report(out);
        long seed = options.seed();
        for (DiskKind kind : wanted) {
            DiskSuite.run(kind, seed, options.duration(), report);
        }
        report.finish();
        return report.table().violations() == 0 ? 0 : 1;
    }
}
