package dev.penstock.engine.spool;

import dev.penstock.engine.stats.DistinctErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Makes sure that a directory can be a spool, and belongs to its owner alone.
 *
 * <p><b>Threads:</b> any; touches the disk.
 */
final class SpoolDirectory {

    private SpoolDirectory() {}

    /**
     * Makes the directory if it is missing, takes its lock, and closes it to others.
     *
     * @param configured where it is; a link is followed
     * @param errors told if others could read it
     * @throws SpoolException if it cannot be used
     */
    static SpoolDisk open(Path configured, DistinctErrors errors) {
        Path directory = configured.toAbsolutePath().normalize();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new SpoolException(
                    "the spool " + directory + " is not a directory: name another place, or move that file away", null);
        }
        try {
            Path real = make(directory);
            if (!Files.isWritable(real)) {
                throw notWritable(directory, null);
            }
            DirectoryLock lock = DirectoryLock.take(real);
            closeToOthers(real, errors);
            return FileDisk.owned(real, lock);
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    private static SpoolException notWritable(Path directory, IOException cause) {
        return new SpoolException(
                "the spool " + directory + " cannot be written" + (cause == null ? "" : " (" + cause + ")")
                        + ": let the process's user own it, on a file system that is not read-only",
                cause);
    }

    private static Path make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path existing = directory;
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            Files.createDirectories(directory, PrivateFiles.ofDirectory(existing));
        }
        return directory.toRealPath();
    }

    /** Leaves alone what is obviously more than a spool, such as a home directory. */
    private static void closeToOthers(Path directory, DistinctErrors errors) {
        try {
            if (!PrivateFiles.isOpenToOthers(directory)) {
                return;
            }
            if (holdsOnlyASpool(directory)) {
                PrivateFiles.tighten(directory);
                warn(errors, directory, "was open to other users; its permissions are rwx------ now", null);
            } else {
                warn(errors, directory, "is open to other users and holds other files, so its permissions stay", null);
            }
        } catch (IOException e) {
            warn(errors, directory, "is open to other users, and its permissions cannot be changed: " + e, e);
        }
    }

    private static boolean holdsOnlyASpool(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).noneMatch(SegmentName::isForeign);
        }
    }

    private static void warn(DistinctErrors errors, Path directory, String what, IOException cause) {
        errors.warn("spool permissions", "the spool " + directory + " " + what, cause);
    }
}
