package dev.penstock.benchmarks.segment;

import java.util.List;
import java.util.Set;

/**
 * How a library sends.
 *
 * @param gzip whether bodies are compressed
 * @param noDelay whether sockets have {@code TCP_NODELAY}; ours always do
 */
record Wire(boolean gzip, boolean noDelay) {
    private static final Set<String> NAMES = Set.of("gzip", "nodelay");

    /** Reads what follows the library in {@code analytics_java+nodelay+gzip}. */
    static Wire of(List<String> names) {
        if (!NAMES.containsAll(names)) {
            throw new IllegalArgumentException(names + " has what is none of " + NAMES);
        }
        return new Wire(names.contains("gzip"), names.contains("nodelay"));
    }
}
