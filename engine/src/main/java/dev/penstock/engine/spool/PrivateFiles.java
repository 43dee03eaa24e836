package dev.penstock.engine.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Permissions that leave files to their owner, where a file system knows such permissions.
 *
 * <p><b>Threads:</b> any.
 */
final class PrivateFiles {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** For a new directory beside or below an existing one. */
    static FileAttribute<?>[] ofDirectory(Path existing) throws IOException {
        return attributes(existing, DIRECTORY);
    }

    /** For a new file in an existing directory. */
    static FileAttribute<?>[] ofFile(Path existing) throws IOException {
        return attributes(existing, FILE);
    }

    private static FileAttribute<?>[] attributes(Path existing, Set<PosixFilePermission> permissions)
            throws IOException {
        return knowsPermissions(existing)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** Whether others than its owner may do anything with a directory. */
    static boolean isOpenToOthers(Path directory) throws IOException {
        return knowsPermissions(directory) && !DIRECTORY.containsAll(Files.getPosixFilePermissions(directory));
    }

    /** Leaves a directory to its owner. */
    static void tighten(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, DIRECTORY);
    }

    private static boolean knowsPermissions(Path existing) throws IOException {
        return Files.getFileStore(existing).supportsFileAttributeView("posix");
    }
}
