package dev.penstock.client.logs;

import java.util.Locale;

/**
 * How serious a log record is.
 *
 * <p><b>Source:</b> the numbers are those of OpenTelemetry's severities, and they alone decide on the server.
 */
public enum LogLevel {
    /** Finest detail, 1. */
    TRACE(1),
    /** For whoever looks for a fault, 5. */
    DEBUG(5),
    /** The ordinary course of things, 9. */
    INFO(9),
    /** Something to look at, 13. */
    WARN(13),
    /** Something failed, 17. */
    ERROR(17),
    /** Something failed for good, 21. */
    FATAL(21);

    private final int severityNumber;

    LogLevel(int severityNumber) {
        this.severityNumber = severityNumber;
    }

    /**
     * The severity number.
     *
     * @return a number from 1 to 21
     */
    public int severityNumber() {
        return severityNumber;
    }

    /**
     * Reads a level from its name, in any letter case.
     *
     * @param name the name; may be null
     * @return the level, or {@link #INFO} for a name that is none
     */
    public static LogLevel of(String name) {
        if (name != null) {
            String wanted = name.strip().toUpperCase(Locale.ROOT);
            for (LogLevel level : values()) {
                if (level.name().equals(wanted)) {
                    return level;
                }
            }
        }
        return INFO;
    }
}
