package dev.penstock.cli.spool;

import dev.penstock.cli.common.ClientLog;
import dev.penstock.cli.common.ClientOptions;
import dev.penstock.cli.common.Destination;
import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.Interruption;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.SelfCheckStep;
import dev.penstock.client.SpoolSettings;
import dev.penstock.engine.spool.SpoolReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code penstock spool drain}. */
@Command(
        name = "drain",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends what a spool holds, as the client that wrote it would have: the same events, UUIDs and timestamps. What"
                    + " the server has not taken when it ends stays where it is, and the same command goes on with it.",
            "",
            "The key is not on disk, so it must be given. It is tried first: a wrong one costs no event. A directory that a"
                    + " client has open is refused; that client sends what is there by itself.",
            "",
            "A client sends again what it had sent without seeing the answer; the server drops such duplicates by their UUIDs."
        },
        footerHeading =
                "%nExit status: 0 every event for the protocol was delivered, 1 not all were, 2 unusable arguments.%n"
                        + "%nExamples:%n",
        footer = {
            "  penstock spool drain /var/spool/shop --host https://eu.i.posthog.com --key phc_...",
            "  SEGMENT_WRITE_KEY=... penstock spool drain /var/spool/shop --protocol segment --json"
        })
final class DrainCommand implements Callable<Integer> {
    private static final int BATCH_SIZE = 1_000;

    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The spool's directory.")
    private Path directory;

    @Option(
            names = "--host",
            paramLabel = "URL",
            description = "Where to send, such as https://eu.i.posthog.com. Default $POSTHOG_HOST; for segment"
                    + " $SEGMENT_HOST, and without it https://api.segment.io.")
    private String host;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The project's API key, for segment the source's write key. Default $POSTHOG_API_KEY, for"
                    + " segment $SEGMENT_WRITE_KEY, which other users of the machine cannot see.")
    private String key;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            converter = WireProtocol.Converter.class,
            completionCandidates = WireProtocol.Names.class,
            description = "Which events to send, where there are some for more than one service:"
                    + " ${COMPLETION-CANDIDATES}. Default what is there. Those for the other service are left alone.")
    private WireProtocol protocol;

    @Option(
            names = "--patience",
            paramLabel = "S",
            description =
                    "Give up when no event could be settled for S seconds, 1 to 3600. Default 60, for segment 330,"
                            + " as with import.")
    private Integer patience;

    @Option(names = "--log-file", paramLabel = "FILE", description = "Append the client's log to a file. Default none.")
    private Path logFile;

    @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
    private boolean json;

    DrainCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        require(patience == null || (patience >= 1 && patience <= 3_600), "--patience must be 1 to 3600");
        SpoolReport report = SpoolDirectory.read(directory);
        SpoolContents contents = SpoolContents.of(report.eventsByProtocol());
        WireProtocol spoken = spoken(contents);
        Destination destination = destination(spoken);
        if (report.inUse()) {
            throw new IOException(
                    directory + " is in use by a client, which sends what is there by itself; stop it before draining");
        }
        if (contents.events(SpoolService.of(spoken)) == 0) {
            return end(DrainResult.nothingToDo(spoken, contents));
        }
        Duration limit = Duration.ofSeconds(patience == null ? spoken.patienceSeconds() : patience);
        try (ClientLog log = openLog()) {
            String obstacle = obstacle(spoken, options(destination, SpoolSettings.OFF, log), limit);
            if (!obstacle.isEmpty()) {
                return end(DrainResult.notBegun(spoken, contents, "not begun: " + obstacle));
            }
            SpoolSettings spool = SpoolSettings.builder(directory).build();
            try (EventClient client = open(spoken, options(destination, spool, log))) {
                DrainResult result = new SpoolDrain(client, spoken, contents, limit, screen, !json).run(this::print);
                return result.complete() ? 0 : 1;
            }
        }
    }

    /** What keeps the events from being taken, found out without any of them; empty if nothing does. */
    private String obstacle(WireProtocol spoken, ClientOptions options, Duration limit) {
        try (EventClient client = open(spoken, options);
                Interruption interruption = new Interruption(() -> {})) {
            Optional<SelfCheckStep> failed = new KeyCheck(client, limit).failure(interruption);
            if (interruption.requested()) {
                return "interrupted";
            }
            failed.ifPresent(step -> screen.complain("penstock spool drain: " + step.finding() + " " + step.remedy()));
            return failed.map(SelfCheckStep::finding).orElse("");
        }
    }

    private WireProtocol spoken(SpoolContents contents) {
        if (protocol != null) {
            return protocol;
        }
        boolean posthog = contents.events(SpoolService.POSTHOG) > 0;
        boolean segment = contents.events(SpoolService.SEGMENT) > 0;
        require(
                !posthog || !segment,
                directory + " holds events " + contents.text()
                        + ", which have hosts and keys of their own; choose with --protocol and drain twice");
        return segment ? WireProtocol.SEGMENT : WireProtocol.POSTHOG;
    }

    private Destination destination(WireProtocol spoken) {
        try {
            return Destination.of(spoken, host, key, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private ClientOptions options(Destination destination, SpoolSettings spool, ClientLog log) {
        return new ClientOptions(
                "drain",
                destination.key(),
                destination.host(),
                BATCH_SIZE,
                true,
                ClientOptions.Purpose.IMPORT,
                spool,
                log,
                (message, cause) -> screen.complain(message),
                null);
    }

    private EventClient open(WireProtocol spoken, ClientOptions options) {
        try {
            return spoken.open(options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private int end(DrainResult result) {
        print(result);
        return result.complete() ? 0 : 1;
    }

    private void print(DrainResult result) {
        screen.line(json ? DrainJson.of(result) : DrainReport.of(result, screen));
    }

    private ClientLog openLog() {
        try {
            return ClientLog.open(logFile);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--log-file " + logFile + " cannot be written", e);
        }
    }

    private void require(boolean usable, String rule) {
        if (!usable) {
            throw new ParameterException(spec.commandLine(), rule + ".");
        }
    }
}
