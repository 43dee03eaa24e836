package dev.penstock.client.errors;

/**
 * An exception that came with a log record, in no logging system's own terms.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param thrown the record's exception; null: there is nothing to capture
 * @param level the record's level by name, such as {@code WARN}; one that {@link ExceptionLevel#of(String)} does not
 *     know is left out
 * @param logger the name of the logger; may be null
 * @param message the record's text, its parameters filled in; may be null
 */
public record LoggedException(Throwable thrown, String level, String logger, String message) {}
