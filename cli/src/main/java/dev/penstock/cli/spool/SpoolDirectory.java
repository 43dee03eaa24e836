package dev.penstock.cli.spool;

import dev.penstock.engine.spool.SpoolInspection;
import dev.penstock.engine.spool.SpoolReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at a directory that is named on the command line, without owning it. Stateless. */
final class SpoolDirectory {

    private SpoolDirectory() {}

    /** What is in it; a directory that cannot be read is an {@link IOException} for people. */
    static SpoolReport read(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            throw new IOException("there is no directory " + directory + "; check the path");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is not a directory; name the one that holds the spool's files");
        }
        try {
            return SpoolInspection.read(directory);
        } catch (IOException e) {
            throw new IOException(directory + " cannot be read; check its permissions", e);
        }
    }
}
