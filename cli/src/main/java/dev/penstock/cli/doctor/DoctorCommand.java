package dev.penstock.cli.doctor;

import dev.penstock.cli.common.ClientLog;
import dev.penstock.cli.common.Destination;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.VersionText;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.SelfCheckReport;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code penstock doctor}. */
@Command(
        name = "doctor",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Looks at the way from this machine to the server, step by step: name, connection, proxy, TLS, key, how large"
                    + " a body may be, clock. Says in plain words what is wrong and what to do.",
            "",
            "Sends no event. It asks for one flag that does not exist, and sends up to eight batches without events."
        },
        footerHeading = "%nExit status: 0 all is well or a warning at worst, 1 a step failed, 2 unusable arguments.%n"
                + "%nExamples:%n",
        footer = {
            "  penstock doctor --host https://eu.i.posthog.com --key phc_...",
            "  POSTHOG_API_KEY=phc_... penstock doctor --host https://eu.i.posthog.com --json",
            "  penstock doctor --host https://eu.i.posthog.com --key phc_... --proxy http://10.0.0.7:3128",
            "  SEGMENT_WRITE_KEY=... penstock doctor --protocol segment"
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "URL",
            description = "The server, such as https://eu.i.posthog.com. Default $POSTHOG_HOST; for segment"
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
            defaultValue = "posthog",
            converter = WireProtocol.Converter.class,
            completionCandidates = WireProtocol.Names.class,
            description = "What to speak: ${COMPLETION-CANDIDATES}. Default ${DEFAULT-VALUE}.")
    private WireProtocol protocol;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "The HTTP proxy that the client is to use, such as http://10.0.0.7:3128. Default none.")
    private String proxy;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "20",
            description = "The longest time for all steps together, 1 to 300 seconds. Default ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(names = "--json", description = "Print what was found as one JSON object and nothing else.")
    private boolean json;

    /**
     * Makes the command.
     *
     * @param screen where it writes
     */
    public DoctorCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        if (timeout < 1 || timeout > 300) {
            throw new ParameterException(spec.commandLine(), "--timeout must be 1 to 300.");
        }
        try (ClientLog log = ClientLog.open(null)) {
            Examination examination = new Examination(protocol, destination(), proxy(), log);
            if (screen.terminal() && !json) {
                screen.progress("looking at the way to the server, for up to " + timeout + " s ...");
            }
            long started = System.nanoTime();
            SelfCheckReport report = report(examination);
            screen.line(
                    json
                            ? DoctorJson.of(report, protocol, System.nanoTime() - started)
                            : DoctorReport.of(report, screen));
            return report.passed() ? 0 : 1;
        }
    }

    private SelfCheckReport report(Examination examination) {
        try {
            return examination.within(Duration.ofSeconds(timeout));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--" + e.getMessage().replaceFirst("^(apiKey|writeKey) ", "key "), e);
        }
    }

    private Destination destination() {
        try {
            return Destination.of(protocol, host, key, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private URI proxy() {
        try {
            return proxy == null ? null : new URI(proxy);
        } catch (URISyntaxException e) {
            // Without the URL, which may hold a password.
            throw new ParameterException(spec.commandLine(), "--proxy is not a URL.");
        }
    }
}
