package dev.penstock.cli.importer;

import dev.penstock.cli.common.ClientLog;
import dev.penstock.cli.common.ClientOptions;
import dev.penstock.cli.common.Destination;
import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.LineSource;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.SourceFile;
import dev.penstock.cli.common.SpoolOptions;
import dev.penstock.cli.common.SpoolRest;
import dev.penstock.cli.common.VersionText;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.SpoolSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code penstock import}. */
@Command(
        name = "import",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends the events of an NDJSON file, one JSON object a line, plain or gzip:",
            "",
            "  {\"event\":\"signed up\",\"distinct_id\":\"u-1\",\"timestamp\":\"2026-03-01T11:00:04.25+01:00\","
                    + "\"properties\":{\"plan\":\"pro\"}}",
            "",
            "event and distinct_id are needed. timestamp is ISO 8601 with an offset or epoch milliseconds; without it the"
                    + " event happens now. uuid is optional: without it the id is made from the line's bytes and its"
                    + " ordinal among identical lines, so importing a file again, also after it has grown, sends the same"
                    + " ids and the server can drop what it has.",
            "",
            "With --protocol segment every line becomes a track message: distinct_id is its userId, or its anonymousId where"
                    + " the property $process_person_profile is false, and uuid its messageId.",
            "",
            "A line that cannot be sent is reported on standard error with its number, skipped and counted.",
            "",
            "With --spool DIR events that the server does not take now stay on disk: penstock spool drain DIR sends them later,"
                    + " also after this process was killed. With --spool-mode always every batch is written before it is"
                    + " sent, so that a killed import has on disk what it had read, but for the last moment; draining, and"
                    + " then importing the file again, completes it, and the ids let the server drop what it has."
        },
        footerHeading =
                "%nExit status: 0 every good event was delivered, 1 not all were (what is in the spool is not), 2 unusable"
                        + " arguments.%n"
                        + "%nExamples:%n",
        footer = {
            "  penstock import events.ndjson.gz --host https://eu.i.posthog.com --key phc_... --historical",
            "  zcat 2026-*.gz | penstock import - --host http://127.0.0.1:8010 --key test",
            "  POSTHOG_API_KEY=phc_... penstock import events.ndjson --host https://us.i.posthog.com --json",
            "  SEGMENT_WRITE_KEY=... penstock import events.ndjson --protocol segment",
            "  penstock import events.ndjson --host URL --key KEY --spool /var/tmp/import --spool-mode always"
        })
public final class ImportCommand implements Callable<Integer> {
    private final Screen screen;
    private final InputStream input;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file; - reads standard input.")
    private String file;

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
            names = "--historical",
            description =
                    "Mark the batches as an import of old events, which the server processes apart. Not for segment,"
                            + " which goes by the timestamps.")
    private boolean historical;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "500",
            description = "Events that close a batch, 1 to 1000, for segment to 2500. Default ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "posthog",
            converter = WireProtocol.Converter.class,
            completionCandidates = WireProtocol.Names.class,
            description = "What to speak: ${COMPLETION-CANDIDATES}. Default ${DEFAULT-VALUE}.")
    private WireProtocol protocol;

    @Option(names = "--no-gzip", description = "Send batches uncompressed.")
    private boolean noGzip;

    @Option(
            names = "--patience",
            paramLabel = "S",
            description =
                    "Give up when no event could be settled for S seconds, 1 to 3600. Default 60. For segment, whose"
                            + " server may ask for waits of up to 300 s one after the other: when besides no request was made"
                            + " for S seconds, or no event settled for three times as long; default 330.")
    private Integer patience;

    @Mixin
    private SpoolOptions spoolOptions = new SpoolOptions();

    @Option(names = "--log-file", paramLabel = "FILE", description = "Append the client's log to a file. Default none.")
    private Path logFile;

    @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
    private boolean json;

    /**
     * Makes the command.
     *
     * @param screen where it writes
     * @param input what {@code -} reads
     */
    public ImportCommand(Screen screen, InputStream input) {
        this.screen = screen;
        this.input = input;
    }

    @Override
    public Integer call() throws IOException {
        Destination destination = destination();
        int maxBatchSize = protocol.maxBatchSize();
        require(
                batchSize >= 1 && batchSize <= maxBatchSize,
                "--batch-size must be 1 to " + maxBatchSize + " with --protocol " + protocol);
        require(
                !historical || protocol.marksOldEvents(),
                "--historical is not for --protocol " + protocol + ", which goes by the timestamps");
        int patienceSeconds = patience == null ? protocol.patienceSeconds() : patience;
        require(patienceSeconds >= 1 && patienceSeconds <= 3_600, "--patience must be 1 to 3600");
        SpoolSettings spool = spool();
        SpoolRest rest = new SpoolRest(spool, protocol, destination.host());
        LargeLines largeLines = new LargeLines();
        try (LineSource source = SourceFile.open(file, input, LineParser.MAX_LINE_BYTES, spec);
                ClientLog log = openLog();
                EventClient client = open(destination, spool, log, largeLines)) {
            ImportResult result = new Importer(
                            source,
                            client,
                            largeLines,
                            protocol.patience(Duration.ofSeconds(patienceSeconds)),
                            screen,
                            !json)
                    .run(ended -> report(ended, rest));
            return result.complete() ? 0 : 1;
        }
    }

    private Destination destination() {
        try {
            return Destination.of(protocol, host, key, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private SpoolSettings spool() {
        try {
            return spoolOptions.settings();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private EventClient open(Destination destination, SpoolSettings spool, ClientLog log, LargeLines largeLines) {
        try {
            return protocol.open(new ClientOptions(
                    "import",
                    destination.key(),
                    destination.host(),
                    batchSize,
                    !noGzip,
                    historical ? ClientOptions.Purpose.HISTORICAL_IMPORT : ClientOptions.Purpose.IMPORT,
                    spool,
                    log,
                    (message, cause) -> screen.complain(message),
                    largeLines));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private void report(ImportResult result, SpoolRest rest) {
        screen.line(json ? ImportJson.of(result, rest) : ImportReport.of(result, rest, screen));
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
