package dev.penstock.stress.command;

import dev.penstock.stress.races.RacesRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code jcstress}. */
@Command(
        name = "jcstress",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs races on the shipped classes. What follows -- goes to jcstress as it is.")
final class RacesCommand implements Callable<Integer> {

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "quick",
            description = "sanity (does every test run: a minute), quick (minutes), default or tough (long). Default"
                    + " ${DEFAULT-VALUE}.")
    private String mode;

    @Option(names = "--scenario", paramLabel = "REGEX", description = "Tests whose name it matches. Default all.")
    private String scenario;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "stress-tests/target/jcstress",
            description = "Where the report is written. Default ${DEFAULT-VALUE}.")
    private Path results;

    @Parameters(description = "Further options of jcstress.")
    private List<String> further = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("-m", mode));
        if (scenario != null) {
            args.addAll(List.of("-t", scenario));
        }
        args.addAll(further);
        return RacesRun.start(args, results, ProcessBuilder.Redirect.INHERIT).waitFor();
    }
}
