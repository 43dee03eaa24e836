package dev.penstock.cli.flags;

import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code penstock flags}: says what there is. */
@Command(
        name = "flags",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Evaluates feature flags from a file of definitions, without a server.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  penstock flags eval --vectors flags.jsonl --check",
            "  penstock flags explain --definitions flags.json --key new-checkout --distinct-id user-1"
        })
public final class FlagsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private FlagsCommand() {}

    /**
     * Makes the command and those below it.
     *
     * @param screen where they write
     * @param input what {@code -} reads as a file
     * @return the command line
     */
    public static CommandLine create(Screen screen, InputStream input) {
        return new CommandLine(new FlagsCommand())
                .addSubcommand(new EvalCommand(screen, input))
                .addSubcommand(new ExplainCommand(screen, input));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
