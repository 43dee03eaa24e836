package dev.penstock.cli;

import dev.penstock.cli.collect.CollectorCommand;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import dev.penstock.cli.demo.DemoCommand;
import dev.penstock.cli.doctor.DoctorCommand;
import dev.penstock.cli.flags.FlagsCommand;
import dev.penstock.cli.importer.ImportCommand;
import dev.penstock.cli.spool.SpoolCommand;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: says what there is. */
@Command(
        name = "penstock",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Event capture for latency-critical JVM services: try it, import a file, run a stand-in server,"
                + " evaluate feature flags, send what a spool holds, find out why nothing arrives.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  penstock demo                                       ten seconds at full speed, then the account",
            "  penstock demo --rate 50000 --producers 2            at a steady pace",
            "  penstock import events.ndjson.gz --host URL --key KEY",
            "  penstock collector --port 8010 --record seen.ndjson",
            "  penstock doctor --host URL --key KEY                what stands between here and the server",
            "  penstock flags explain --definitions flags.json --key new-checkout --distinct-id user-1",
            "  penstock spool drain /var/spool/shop --host URL --key KEY"
        })
final class Penstock implements Runnable {

    @Spec
    private CommandSpec spec;

    /**
     * Runs one command.
     *
     * @param screen where it writes
     * @param input what {@code -} reads as a file
     * @param args as typed
     * @return 0 all is well, 1 something was not delivered or failed, 2 the arguments are not usable
     */
    static int run(Screen screen, InputStream input, String... args) {
        CommandLine line = new CommandLine(new Penstock())
                .addSubcommand(new DemoCommand(screen))
                .addSubcommand(new ImportCommand(screen, input))
                .addSubcommand(new CollectorCommand(screen))
                .addSubcommand(new DoctorCommand(screen))
                .addSubcommand(FlagsCommand.create(screen, input))
                .addSubcommand(SpoolCommand.create(screen));
        Help.Ansi ansi = screen.coloured() ? Help.Ansi.ON : Help.Ansi.OFF;
        return line.setOut(screen.out())
                .setErr(screen.err())
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(Penstock::explain)
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(screen, command, failure))
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A command is missing: demo, import, collector, doctor, flags or spool.");
    }

    private static int explain(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        command.getErr().println(name + ": " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr().println("Try '" + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int fail(Screen screen, CommandLine command, Exception failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        Throwable cause = failure.getCause();
        if (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage())) {
            message += ": " + cause.getMessage();
        }
        screen.complain(command.getCommandSpec().qualifiedName(" ") + ": " + message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
