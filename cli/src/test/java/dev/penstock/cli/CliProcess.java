package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A command line in a process of its own, for tests that kill it. Closing it kills it. */
final class CliProcess implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int LOOK_MS = 5;

    private final Process process;
    private final Path output;

    private CliProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it; both its outputs go to one file in the folder. */
    static CliProcess start(Path folder, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.penstock.cli.Main"));
        command.addAll(List.of(args));
        Path output = Files.createTempFile(folder, "process", ".txt");
        return new CliProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Waits for something while the process runs; fails when it ends before. */
    void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            boolean ended = process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
            if (ended && !condition.getAsBoolean()) {
                throw new AssertionError("ended with " + process.exitValue() + " before that: " + output());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not after " + LONGEST + ": " + output());
            }
        }
    }

    /** As Ctrl-C does. */
    void interrupt() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Leaves it no time for anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    String output() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("does not end: " + output());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
