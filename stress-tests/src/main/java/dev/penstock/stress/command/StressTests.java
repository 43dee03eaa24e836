package dev.penstock.stress.command;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: says what there is. */
@Command(
        name = "run-stress.sh",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Injects faults into running clients and accounts for every event.",
        footerHeading = "%nExit status: 0 no promise was broken, 1 one was, 2 unusable arguments.%n")
public final class StressTests implements Runnable {

    @Spec
    private CommandSpec spec;

    private StressTests() {}

    /**
     * Runs a command and ends the process with its exit status.
     *
     * @param args as typed
     */
    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true, Charset.defaultCharset()), args));
    }

    /**
     * Runs a command.
     *
     * @param out where it tells
     * @param args as typed
     * @return 0 no promise was broken, 1 one was, or something failed, 2 the arguments are not usable
     */
    static int run(PrintWriter out, String... args) {
        return new CommandLine(new StressTests())
                .addSubcommand(new ScenariosCommand(out))
                .addSubcommand(new KillCommand(out))
                .addSubcommand(new DiskCommand(out))
                .addSubcommand(new SoakCommand(out))
                .addSubcommand(new RacesCommand())
                .addSubcommand(new NightlyCommand(out))
                .setOut(out)
                .setUsageHelpWidth(100)
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
