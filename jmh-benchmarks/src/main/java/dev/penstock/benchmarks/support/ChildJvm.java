package dev.penstock.benchmarks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts mains of this jar in processes of their own.
 * <p>
 * <b>Threads:</b> any; keeps no state.
 */
public final class ChildJvm {
    /**
     * The heap of a measured process: of fixed size, touched at start and with a bounded young generation, so that numbers
     * repeat. The benchmark's own settings, asked of no user.
     */
    public static final List<String> MEASURED_HEAP = List.of("-Xms2g", "-Xmx2g", "-Xmn512m", "-XX:+AlwaysPreTouch");

    private ChildJvm() {}

    /**
     * A command for the JDK and the class path of this process.
     *
     * @param flags for the JVM
     * @param main the class to run
     * @param args for the class
     * @return a process that can be started
     */
    public static ProcessBuilder command(List<String> flags, Class<?> main, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        return new ProcessBuilder(command);
    }

    /**
     * Runs a main with the measured heap and waits for its figures.
     *
     * @param main writes {@link Results}
     * @param options its arguments
     * @return the figures
     * @throws IllegalStateException if it fails; with all it said
     */
    public static Results measure(Class<?> main, Options options) throws IOException, InterruptedException {
        Process process = command(MEASURED_HEAP, main, options.toArguments())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        Results results = new Results();
        List<String> output = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (!results.read(line)) {
                    System.out.println(line);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main.getName() + " failed:\n" + String.join("\n", output));
        }
        return results;
    }
}
