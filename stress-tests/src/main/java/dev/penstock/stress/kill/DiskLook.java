package dev.penstock.stress.kill;

import dev.penstock.engine.spool.SpoolInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts what is on disk without a client. */
final class DiskLook {
    private DiskLook() {}

    static long events(Path spool) throws IOException {
        return Files.isDirectory(spool) ? SpoolInspection.read(spool).events() : 0;
    }
}
