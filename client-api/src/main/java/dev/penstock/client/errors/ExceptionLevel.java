package dev.penstock.client.errors;

import java.util.Locale;
import java.util.Optional;

/** How grave an exception is. */
public enum ExceptionLevel {
    /** The process ends by it, or somebody must be woken. */
    FATAL,
    /** Something failed. */
    ERROR,
    /** Something is wrong but was coped with. */
    WARNING,
    /** Of no stated gravity. */
    LOG,
    /** Worth knowing. */
    INFO,
    /** For whoever looks for a fault. */
    DEBUG;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * The level's name on the wire.
     *
     * @return the name, in lower case
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The level that a logging system's name stands for: one of the six, or {@code critical}, {@code alert} and {@code
     * emergency} (fatal), {@code warn} (warning), {@code notice} (info), {@code trace} (debug).
     *
     * @param text the name, in upper or lower case; may be null
     * @return the level; empty if the name is none of these
     */
    public static Optional<ExceptionLevel> of(String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "fatal", "critical", "alert", "emergency" -> Optional.of(FATAL);
            case "error" -> Optional.of(ERROR);
            case "warning", "warn" -> Optional.of(WARNING);
            case "log" -> Optional.of(LOG);
            case "info", "notice" -> Optional.of(INFO);
            case "debug", "trace" -> Optional.of(DEBUG);
            default -> Optional.empty();
        };
    }
}
