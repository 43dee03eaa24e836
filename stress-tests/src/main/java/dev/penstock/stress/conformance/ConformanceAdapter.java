package dev.penstock.stress.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code conformance-adapter}: its options, and its run until interrupted. */
@Command(
        name = "conformance-adapter",
        mixinStandardHelpOptions = true,
        versionProvider = AdapterVersion.class,
        sortOptions = false,
        description = {
            "Lets a test harness drive a Penstock client over HTTP, on 127.0.0.1, until interrupted.",
            "",
            "It is for tests of conformance: whoever can call it decides where its clients send events."
        })
public final class ConformanceAdapter implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "P",
            required = true,
            description = "The port, 0 to 65535; 0 takes a free one, which is printed.")
    private int port;

    @Option(
            names = "--mode",
            paramLabel = "M",
            defaultValue = "v0",
            description = "The form in which events are sent: ${COMPLETION-CANDIDATES}. Default ${DEFAULT-VALUE}.")
    private CaptureForm mode;

    @Option(
            names = "--encoding",
            paramLabel = "E",
            defaultValue = "gzip",
            description = "What compression means where a test asks for it: ${COMPLETION-CANDIDATES}. Default"
                    + " ${DEFAULT-VALUE}.")
    private BodyEncoding encoding;

    private ConformanceAdapter(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args as typed
     */
    public static void main(String[] args) {
        Charset charset = Charset.defaultCharset();
        System.exit(run(new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset), args));
    }

    /**
     * Runs the command.
     *
     * @param out where it says that it is ready, in one line
     * @param err where it complains
     * @param args as typed
     * @return 0 interrupted, as is usual, 1 something failed, 2 the arguments are not usable
     */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ConformanceAdapter(out, err))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(ConformanceAdapter::explain)
                .execute(args);
    }

    @Override
    public Integer call() {
        try (AdapterServer server = start()) {
            out.println("conformance-adapter: " + server.uri() + "  (stop with Ctrl-C)");
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private AdapterServer start() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535.");
        }
        AdapterSetup setup = new AdapterSetup(mode, encoding);
        if (!setup.isPossible()) {
            throw new ParameterException(spec.commandLine(), "--mode " + mode + " has no --encoding " + encoding + ".");
        }
        try {
            return AdapterServer.start(port, setup, err);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "port " + port + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    private static int explain(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandName();
        command.getErr().println(name + ": " + problem.getMessage());
        command.getErr().println("Try '" + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }
}
