package dev.penstock.engine.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A real directory.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class FileDisk implements SpoolDisk {

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_AND_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path directory;
    private final Set<OpenOption> options;
    private final Closeable lock;

    private FileDisk(Path directory, Set<OpenOption> options, Closeable lock) {
        this.directory = directory;
        this.options = options;
        this.lock = lock;
    }

    /** Of a directory that is locked; closing the disk gives the lock back. */
    static FileDisk owned(Path directory, Closeable lock) {
        return new FileDisk(directory, READ_AND_WRITE, lock);
    }

    /** Of a directory that is only looked at. */
    static FileDisk readOnly(Path directory) {
        return new FileDisk(directory, READ, () -> {});
    }

    @Override
    public String where() {
        return directory.toString();
    }

    @Override
    public List<String> names() throws IOException {
        return namesIn(directory);
    }

    private static List<String> namesIn(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }

    @Override
    public boolean isFile(String name) {
        return Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public SegmentFile create(String name) throws IOException {
        Path path = directory.resolve(name);
        Set<OpenOption> creating = new HashSet<>(READ_AND_WRITE);
        creating.add(StandardOpenOption.CREATE_NEW);
        FileChannel channel = FileChannel.open(path, creating, PrivateFiles.ofFile(directory));
        return new ChannelFile(path, READ_AND_WRITE, channel);
    }

    @Override
    public SegmentFile open(String name) throws IOException {
        Path path = directory.resolve(name);
        return new ChannelFile(path, options, FileChannel.open(path, options));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public String setAside(String name) throws IOException {
        Path aside = directory.resolve(SegmentName.SET_ASIDE);
        if (!Files.isDirectory(aside)) {
            Files.createDirectory(aside, PrivateFiles.ofDirectory(directory));
        }
        for (int i = 0; ; i++) {
            Path target = aside.resolve(name + (i == 0 ? "" : "." + i) + SegmentName.DAMAGED);
            try {
                Files.move(directory.resolve(name), target);
                return target.toString();
            } catch (FileAlreadyExistsException e) {
                // an earlier one of that name: the next number is tried
            }
        }
    }

    @Override
    public List<String> namesSetAside() throws IOException {
        Path aside = directory.resolve(SegmentName.SET_ASIDE);
        return Files.isDirectory(aside) ? namesIn(aside) : List.of();
    }

    @Override
    public long bytesSetAside() throws IOException {
        Path aside = directory.resolve(SegmentName.SET_ASIDE);
        if (!Files.isDirectory(aside)) {
            return 0;
        }
        long sum = 0;
        try (Stream<Path> entries = Files.walk(aside)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                sum += Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) ? Files.size(entry) : 0;
            }
        }
        return sum;
    }

    @Override
    public void force() throws IOException {
        // Windows opens no directory, and writes names by itself.
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            ChannelFile names = new ChannelFile(directory, READ, FileChannel.open(directory, READ));
            try (names) {
                names.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
