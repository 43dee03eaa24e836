package dev.penstock.cli.spool;

import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import dev.penstock.engine.spool.SpoolReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code penstock spool inspect}, and its run. */
@Command(
        name = "inspect",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows what a spool holds: files, batches and events that no server has taken yet, whom they are for, and what"
                    + " cannot be read. Changes nothing, and takes no lock: it may be used while a client is at work.",
            "",
            "Events in a torn tail, which is what a killed process was writing at its end, are not counted."
        },
        footerHeading = "%nExit status: 0 it was read, 1 it cannot be read, 2 unusable arguments.%n%nExamples:%n",
        footer = {
            "  penstock spool inspect /var/spool/shop",
            "  penstock spool inspect /var/spool/shop --json | jq .events"
        })
final class InspectCommand implements Callable<Integer> {
    private final Screen screen;

    @Parameters(paramLabel = "DIR", description = "The spool's directory.")
    private Path directory;

    @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
    private boolean json;

    InspectCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        SpoolReport report = SpoolDirectory.read(directory);
        screen.line(json ? InspectJson.of(report) : InspectReport.of(directory, report, screen));
        return 0;
    }
}
