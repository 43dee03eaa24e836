package dev.penstock.engine.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One owner for a directory, over all processes and within this one.
 *
 * <p>The lock is far behind the file's content, the owner's process id, so that others can read that. On some systems closing
 * any channel of a file gives up all of the process's locks on it; so a channel that met a lock of this very process (held
 * through another class loader) is kept open for good.
 *
 * <p><b>Threads:</b> any; taking and giving back exclude each other. Blocks for 150 ms where another process has the lock,
 * because one that only looks has it for a moment.
 */
final class DirectoryLock implements Closeable {

    private static final int TRIES = 4;
    private static final int PAUSE_MS = 50;
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int MAX_PROCESS_ID = 20;

    /** The directories this process has, and channels that must not be closed; its monitor guards it. */
    private static final Map<Path, DirectoryLock> KNOWN = new HashMap<>();

    /** Channels of those that only looked and must not be closed; the same monitor guards them. */
    private static final Map<Path, FileChannel> LOOKED_AT = new HashMap<>();

    private final Path directory;
    private final FileChannel channel;
    private FileLock lock;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes a directory.
     *
     * @param directory its real path
     * @throws SpoolException if somebody else has it
     */
    static DirectoryLock take(Path directory) throws IOException {
        boolean interrupted = Thread.interrupted(); // it would close the channel, and the lock with it
        try {
            synchronized (KNOWN) {
                return takeFree(directory);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static DirectoryLock takeFree(Path directory) throws IOException {
        DirectoryLock known = KNOWN.get(directory);
        if (known != null && known.lock != null) {
            throw usedHere(directory, null);
        }
        DirectoryLock free = known != null ? known : new DirectoryLock(directory, open(directory));
        try {
            free.lock();
        } catch (OverlappingFileLockException e) {
            KNOWN.put(directory, free);
            throw usedHere(directory, e);
        } catch (IOException | RuntimeException e) {
            free.channel.close();
            KNOWN.remove(directory);
            throw e;
        }
        KNOWN.put(directory, free);
        return free;
    }

    private static FileChannel open(Path directory) throws IOException {
        return FileChannel.open(
                directory.resolve(SegmentName.LOCK),
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PrivateFiles.ofFile(directory));
    }

    private void lock() throws IOException {
        FileLock taken = channel.tryLock(LOCKED_BYTE, 1, false);
        for (int i = 1; taken == null && i < TRIES; i++) {
            pause();
            taken = channel.tryLock(LOCKED_BYTE, 1, false);
        }
        if (taken == null) {
            throw new SpoolException(
                    "the spool " + directory + " is in use by another process" + owner()
                            + ": stop that one or give this client a directory of its own",
                    null);
        }
        lock = taken;
        channel.truncate(0);
        byte[] id = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(id), 0);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the caller gets its answer sooner
        }
    }

    /** The process that has it, if the file says so. */
    private String owner() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(MAX_PROCESS_ID);
        channel.read(content, 0);
        String id = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
        return id.matches("[0-9]+") ? " (" + id + ")" : "";
    }

    private static SpoolException usedHere(Path directory, Throwable cause) {
        return new SpoolException(
                "the spool " + directory
                        + " is in use by another client of this process: give each client a directory of its own",
                cause);
    }

    /**
     * Whether anybody has a directory now. Makes no file and keeps no lock.
     *
     * @param directory its real path
     */
    static boolean isTaken(Path directory) throws IOException {
        synchronized (KNOWN) {
            DirectoryLock known = KNOWN.get(directory);
            if (known != null && known.lock != null) {
                return true;
            }
            if (known != null) {
                return isLockedHere(known.channel);
            }
            Path file = directory.resolve(SegmentName.LOCK);
            return (LOOKED_AT.containsKey(directory) || Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                    && isLocked(directory, file);
        }
    }

    private static boolean isLockedHere(FileChannel channel) throws IOException {
        try {
            return isLocked(channel);
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static boolean isLocked(Path directory, Path file) throws IOException {
        FileChannel kept = LOOKED_AT.remove(directory);
        FileChannel channel = kept != null ? kept : openToRead(file);
        boolean close = true;
        try {
            return isLocked(channel);
        } catch (OverlappingFileLockException e) {
            LOOKED_AT.put(directory, channel);
            close = false;
            return true;
        } finally {
            if (close) {
                channel.close();
            }
        }
    }

    private static FileChannel openToRead(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try (FileLock free = channel.tryLock(LOCKED_BYTE, 1, true)) {
            return free == null;
        }
    }

    /** Gives the directory back; the file stays. */
    @Override
    public void close() throws IOException {
        synchronized (KNOWN) {
            lock = null;
            KNOWN.remove(directory);
            channel.close();
        }
    }
}
