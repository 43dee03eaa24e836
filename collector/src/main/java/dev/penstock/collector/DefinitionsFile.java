package dev.penstock.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Flag definitions in a file, read again when it has changed since the last look.
 * <p>
 * A version that cannot be used is noted once, and the last good one stays. Any thread; blocks on the file.
 */
final class DefinitionsFile implements Supplier<FlagDefinitions> {
    private static final int MAX_PROBLEMS = 1_000;

    /** What tells versions apart. */
    private record Stamp(FileTime modified, long length) {
        private static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1);

        static Stamp of(Path path) throws IOException {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size());
            } catch (NoSuchFileException e) {
                return MISSING;
            }
        }
    }

    private final Path path;
    private final List<String> problems = new ArrayList<>();
    private Stamp stamp;
    private FlagDefinitions current;

    DefinitionsFile(Path path) throws IOException {
        this.path = path;
        this.stamp = Stamp.of(path);
        this.current = FlagDefinitions.of(Files.readAllBytes(path));
    }

    @Override
    public synchronized FlagDefinitions get() {
        try {
            Stamp now = Stamp.of(path);
            if (!now.equals(stamp)) {
                // Taken before reading, so that a version written meanwhile is read next time.
                stamp = now;
                current = FlagDefinitions.of(Files.readAllBytes(path));
            }
        } catch (NoSuchFileException e) {
            note(path + " is gone");
        } catch (IOException e) {
            note(path + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            note(path + ": " + e.getMessage());
        }
        return current;
    }

    private void note(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem + "; the definitions read before stay");
        }
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }
}
