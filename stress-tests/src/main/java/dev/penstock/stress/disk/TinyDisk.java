package dev.penstock.stress.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system in memory, mounted on a directory. Linux, root. */
final class TinyDisk implements AutoCloseable {
    static final int MEGABYTES = 3;

    private final Path path;

    private TinyDisk(Path path) {
        this.path = path;
    }

    /** Mounts one; empty if this process may not. */
    static Optional<TinyDisk> mount(Path on) throws IOException, InterruptedException {
        Files.createDirectories(on);
        boolean mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "penstock", on.toString());
        return mounted ? Optional.of(new TinyDisk(on)) : Optional.empty();
    }

    void makeReadOnly() throws IOException, InterruptedException {
        if (!succeeds("mount", "-o", "remount,ro", path.toString())) {
            throw new IOException(path + " cannot be made read-only");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (!succeeds("umount", "-l", path.toString())) {
                throw new IOException(path + " cannot be unmounted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unmounting " + path, e);
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean done = process.waitFor() == 0;
        if (!done) {
            System.err.println(String.join(" ", command) + ": " + said.strip());
        }
        return done;
    }
}
