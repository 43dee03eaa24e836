package dev.penstock.benchmarks.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.benchmarks.sink.SinkCounts.Kind;
import dev.penstock.benchmarks.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A sink in a JVM of its own, so that its garbage and its threads' CPU are not the client's.
 * <p>
 * <b>Threads:</b> the counts from any, without asking the process; the rest from one. Closing kills it.
 */
public final class SinkProcess implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-Xms256m", "-Xmx1g", "-XX:+UseSerialGC");

    private final Path file;
    private final SinkCounts counts;
    private final Process process;
    private final int port;

    /** Starts the process and waits for its port. */
    public SinkProcess() throws IOException {
        file = Files.createTempFile("sink-", ".counts");
        counts = SinkCounts.map(file);
        process = ChildJvm.command(FLAGS, SinkMain.class, List.of(file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (line == null) {
            throw new IllegalStateException("the sink's process has ended");
        }
        port = Integer.parseInt(line);
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
     * Its port on the loopback address.
     *
     * @return a number
     */
    public int port() {
        return port;
    }

    /**
     * Events read.
     *
     * @return a count
     */
    public long events() {
        return counts.get(Kind.EVENTS);
    }

    /**
     * Bodies with events.
     *
     * @return a count
     */
    public long bodies() {
        return counts.get(Kind.BODIES);
    }

    /**
     * Bytes of those bodies as sent, without heads and chunks.
     *
     * @return a count
     */
    public long wireBytes() {
        return counts.get(Kind.WIRE_BYTES);
    }

    /**
     * Bytes of those bodies after inflating.
     *
     * @return a count
     */
    public long plainBytes() {
        return counts.get(Kind.PLAIN_BYTES);
    }

    /**
     * Requests that could not be read.
     *
     * @return a count; not 0 spoils a run
     */
    public long invalid() {
        return counts.get(Kind.INVALID);
    }

    /**
     * CPU time of the process.
     *
     * @return nanoseconds, as fine as the system tells
     */
    public long cpuNs() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(file);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
