package dev.penstock.engine.flags.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Definitions to start with, before or instead of the server's: a file or bytes.
 *
 * <p><b>Threads:</b> any.
 */
public final class BootstrapDefinitions {

    /** How the bytes are had. */
    @FunctionalInterface
    private interface Source {
        byte[] read(int maxBytes) throws IOException;
    }

    private final String name;
    private final Source source;

    private BootstrapDefinitions(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /**
     * From a file, read anew each time.
     *
     * @param file where a definitions body is
     * @return definitions to start with
     */
    public static BootstrapDefinitions of(Path file) {
        return new BootstrapDefinitions("file " + file, maxBytes -> {
            try (InputStream in = Files.newInputStream(file)) {
                return bounded(in.readNBytes(maxBytes == Integer.MAX_VALUE ? maxBytes : maxBytes + 1), maxBytes);
            }
        });
    }

    /**
     * From memory.
     *
     * @param body a definitions body; copied
     * @return definitions to start with
     */
    public static BootstrapDefinitions of(byte[] body) {
        byte[] copy = body.clone();
        return new BootstrapDefinitions("bytes", maxBytes -> bounded(copy, maxBytes));
    }

    byte[] read(int maxBytes) throws IOException {
        return source.read(maxBytes);
    }

    private static byte[] bounded(byte[] bytes, int maxBytes) throws IOException {
        if (bytes.length > maxBytes) {
            throw new IOException("longer than " + maxBytes + " bytes");
        }
        return bytes;
    }

    /** Says where from. */
    @Override
    public String toString() {
        return name;
    }
}
