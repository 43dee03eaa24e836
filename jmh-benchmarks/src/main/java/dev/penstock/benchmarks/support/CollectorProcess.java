package dev.penstock.benchmarks.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A collector in a JVM of its own, so that its garbage and its threads' CPU are not the client's.
 * <p>
 * <b>Threads:</b> one at a time. Closing kills the process.
 */
public final class CollectorProcess implements AutoCloseable {
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx4g");

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final int port;

    /**
     * What arrived so far.
     *
     * @param requests batches received
     * @param events events received
     * @param distinct events of different UUIDs
     * @param invalid requests that broke a rule
     * @param wireBytes bytes of bodies as sent
     * @param plainBytes bytes of bodies after inflating
     * @param cpuNs CPU time of the collector's process
     */
    public record Count(
            long requests, long events, long distinct, long invalid, long wireBytes, long plainBytes, long cpuNs) {}

    /** Starts the process and waits for its port. */
    public CollectorProcess() throws IOException {
        process = ChildJvm.command(HEAP, CollectorMain.class, List.of())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        input = new OutputStreamWriter(process.getOutputStream(), UTF_8);
        port = Integer.parseInt(answer());
    }

    /**
     * Where clients send to.
     *
     * @return a base URL
     */
    public String host() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Asks the process.
     *
     * @return its counts
     */
    public Count count() throws IOException {
        input.write("count\n");
        input.flush();
        String[] parts = answer().split(" ", -1);
        long[] values = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Long.parseLong(parts[i]);
        }
        return new Count(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }

    private String answer() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IllegalStateException("the collector's process has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
