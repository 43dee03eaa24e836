package dev.penstock.cli.collect;

import dev.penstock.cli.common.Interruption;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorMode;
import java.io.UncheckedIOException;
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
            "Runs a stand-in for an ingestion host on 127.0.0.1 until interrupted. It checks every rule of the batch"
                    + " format and counts what it receives; GET /stats answers the totals as JSON.",
            "",
            "It is for development and tests, not for production."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  penstock collector --port 8010",
            "  penstock collector --port 8010 --record seen.ndjson     seen.ndjson can be imported again",
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

    @Option(names = "--key", paramLabel = "K", description = "Accept this project key only. Default any.")
    private String key;

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
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535.");
        }
        if (key != null && key.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--key must not be blank.");
        }
        Collector.Builder builder = Collector.builder().port(port).mode(CollectorMode.COUNT);
        if (record != null) {
            builder.recordTo(record);
        }
        if (key != null) {
            builder.apiKey(key.strip());
        }
        try {
            return builder.start();
        } catch (UncheckedIOException e) {
            String what = record == null ? "port " + port : "port " + port + " or file " + record;
            throw new ParameterException(
                    spec.commandLine(),
                    what + " cannot be opened: " + e.getCause().getMessage() + ".",
                    e);
        }
    }
}
