package dev.penstock.cli.spool;

import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code penstock spool}: says what there is. */
@Command(
        name = "spool",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at the directory in which a client keeps events on disk, and sends what is in it.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  penstock spool inspect /var/spool/shop",
            "  penstock spool drain /var/spool/shop --host https://eu.i.posthog.com --key phc_..."
        })
public final class SpoolCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private SpoolCommand() {}

    /**
     * Makes the command and those below it.
     *
     * @param screen where they write
     * @return the command line
     */
    public static CommandLine create(Screen screen) {
        return new CommandLine(new SpoolCommand())
                .addSubcommand(new InspectCommand(screen))
                .addSubcommand(new DrainCommand(screen));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
