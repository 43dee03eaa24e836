package dev.penstock.cli.demo;

import dev.penstock.cli.common.ClientLog;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.SpoolOptions;
import dev.penstock.cli.common.VersionText;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.SpoolSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code penstock demo}. */
@Command(
        name = "demo",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Captures ad impressions at full speed or at a given rate, delivers them to a collector in this process,"
                    + " and checks that what was accepted is what arrived.",
            "",
            "A producer whose event finds the ring full waits 75 us and tries the same event again. Every capture is"
                    + " timed, from the first call of the event's builder to the answer, refusals included."
        },
        footerHeading =
                "%nExit status: 0 the account balances and nothing was lost, 1 it does not, 2 unusable arguments.%n"
                        + "%nExamples:%n",
        footer = {
            "  penstock demo",
            "  penstock demo --events 1000000 --producers 2",
            "  penstock demo --rate 50000 --seconds 30",
            "  penstock demo --protocol segment",
            "  penstock demo --spool /var/tmp/demo --spool-mode always",
            "  penstock demo --events 20000 --json | jq .capture_ns"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_SECONDS = 10;

    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Length length = new Length();

    @Option(
            names = "--producers",
            paramLabel = "P",
            defaultValue = "1",
            description = "Threads that capture, 1 to 64. Default ${DEFAULT-VALUE}.")
    private int producers;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Events a second over all producers, paced from intended start times. Default full speed.")
    private Long rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "20261121",
            description = "Which events are drawn. Default ${DEFAULT-VALUE}.")
    private long seed;

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

    @Mixin
    private SpoolOptions spoolOptions = new SpoolOptions();

    @Option(names = "--log-file", paramLabel = "FILE", description = "Append the client's log to a file. Default none.")
    private Path logFile;

    @Option(names = "--json", description = "Print the result as one JSON object and nothing else.")
    private boolean json;

    /** How long it runs; one of the two. */
    private static final class Length {
        @Option(names = "--seconds", paramLabel = "S", description = "Capture for S seconds. Default 10.")
        private Integer seconds;

        @Option(names = "--events", paramLabel = "N", description = "Capture until N events were accepted in all.")
        private Long events;
    }

    /**
     * Makes the command.
     *
     * @param screen where it writes
     */
    public DemoCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoPlan plan = plan();
        try (ClientLog log = openLog()) {
            DemoResult result = new DemoRun(plan, screen, log).run(ended -> report(plan, ended));
            return result.nothingLost() ? 0 : 1;
        }
    }

    private void report(DemoPlan plan, DemoResult result) {
        screen.line(json ? DemoJson.of(result, protocol) : DemoReport.of(result, plan.spools(), screen));
    }

    private DemoPlan plan() {
        require(
                length.seconds == null || (length.seconds >= 1 && length.seconds <= 86_400),
                "--seconds must be 1 to 86400");
        require(length.events == null || length.events >= 1, "--events must be 1 or more");
        require(producers >= 1 && producers <= 64, "--producers must be 1 to 64");
        require(rate == null || (rate >= 1 && rate <= 100_000_000), "--rate must be 1 to 100000000");
        int maxBatchSize = protocol.maxBatchSize();
        require(
                batchSize >= 1 && batchSize <= maxBatchSize,
                "--batch-size must be 1 to " + maxBatchSize + " with --protocol " + protocol);
        long events = length.events == null ? 0 : length.events;
        int seconds = length.seconds == null ? DEFAULT_SECONDS : length.seconds;
        return new DemoPlan(
                seconds, events, producers, rate == null ? 0 : rate, seed, batchSize, !noGzip, protocol, spool(), json);
    }

    private SpoolSettings spool() {
        try {
            return spoolOptions.settings();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
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
