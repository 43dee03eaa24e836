package dev.penstock.cli.collect;

import dev.penstock.cli.common.Interruption;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorMode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code penstock collector}, and its run. */
@Command(
        name = "collector",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a stand-in for an ingestion host on 127.0.0.1 until interrupted. It takes events by POST /batch,"
                    + " /i/v1/analytics/events and /i/v0/ai/batch/, logs by /i/v1/logs, and messages of Segment by"
                    + " /v1/batch and /v1/import. It checks every rule of their formats and counts what it receives;"
                    + " GET /stats answers the totals as JSON.",
            "",
            "With --flags it also serves feature flag definitions to clients that evaluate flags themselves. It evaluates"
                    + " none: who asks it to is told that there are no flags.",
            "",
            "It is for development and tests, not for production."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  penstock collector --port 8010",
            "  penstock collector --port 8010 --record seen.ndjson     what came for PostHog can be imported again",
            "  penstock collector --port 8010 --flags flags.json       what GET /flags/definitions answers",
            "  curl http://127.0.0.1:8010/stats"
        })
public final class CollectorCommand implements Callable<Integer> {
    private static final long PERIOD_MS = 1_000;

    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "P",
            required = true,
            description = "The port, 0 to 65535; 0 takes a free one, which is printed.")
    private int port;

    @Option(names = "--record", paramLabel = "FILE", description = "Append each event received to a file, one a line.")
    private Path record;

    @Option(names = "--key", paramLabel = "K", description = "Accept this project or write key only. Default any.")
    private String key;

    @Option(
            names = "--flags",
            paramLabel = "FILE",
            description =
                    "Serve the flag definitions in a file: a JSON object with a list \"flags\". It is read again when"
                            + " it changes; a version that cannot be used is reported, and the one before it stays.")
    private Path flags;

    @Option(
            names = "--secret-key",
            paramLabel = "K",
            description = "Give the definitions to this secret key only. Default any.")
    private String secretKey;

    /**
     * Makes the command.
     *
     * @param screen where it writes
     */
    public CollectorCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        try (Collector collector = start()) {
            TrafficLog traffic = new TrafficLog(collector, screen);
            try (Interruption interruption = new Interruption(() -> {})) {
                screen.line("penstock collector: " + collector.uri() + "  (stop with Ctrl-C)");
                screen.line(
                        "  events of PostHog:   POST /batch, /i/v1/analytics/events, /i/v0/ai/batch/; logs: /i/v1/logs");
                screen.line("  messages of Segment: POST /v1/batch, /v1/import");
                while (!interruption.await(PERIOD_MS)) {
                    traffic.tick();
                }
                traffic.finish();
            } catch (InterruptedException e) {
                traffic.finish();
            }
        }
        return 0;
    }

    private Collector start() {
        require(port >= 0 && port <= 65_535, "--port must be 0 to 65535");
        require(key == null || !key.isBlank(), "--key must not be blank");
        require(secretKey == null || flags != null, "--secret-key needs --flags");
        require(secretKey == null || !secretKey.isBlank(), "--secret-key must not be blank");
        Collector.Builder builder = Collector.builder().port(port).mode(CollectorMode.COUNT);
        if (record != null) {
            builder.recordTo(record);
        }
        if (key != null) {
            builder.apiKey(key.strip());
        }
        if (secretKey != null) {
            builder.secretKey(secretKey.strip());
        }
        if (flags != null) {
            require(Files.exists(flags), "there is no file " + flags);
            require(!Files.isDirectory(flags), flags + " is a directory; name a file in it");
            require(Files.isReadable(flags), flags + " cannot be read; check its permissions");
            builder.flagDefinitions(flags);
        }
        try {
            return builder.start();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), flags + " cannot be served: " + e.getMessage() + ".", e);
        } catch (UncheckedIOException e) {
            String what = record == null ? "port " + port : "port " + port + " or file " + record;
            throw new ParameterException(
                    spec.commandLine(),
                    what + " cannot be opened: " + e.getCause().getMessage() + ".",
                    e);
        }
    }

    private void require(boolean usable, String rule) {
        if (!usable) {
            throw new ParameterException(spec.commandLine(), rule + ".");
        }
    }
}
