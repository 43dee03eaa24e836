package dev.penstock.stress.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A named pipe, so that what the host has received can be read on without filling a disk. */
final class Pipe {
    private Pipe() {}

    /** Makes one, by the system's own command: the JDK has none. */
    static Path make(Path path) throws IOException, InterruptedException {
        Files.deleteIfExists(path);
        Process process =
                new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("mkfifo " + path + " ended with " + process.exitValue());
        }
        return path;
    }
}
