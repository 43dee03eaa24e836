package dev.penstock.client.errors;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.EventBuilder;
import java.util.Optional;

/**
 * Captures exceptions that come with log records: what an appender or handler of any logging system is made of.
 *
 * <pre>{@code
 * private final LoggedExceptionCapture capture = new LoggedExceptionCapture(client, "logback.appender");
 * ...
 * capture.capture(new LoggedException(thrown, event.getLevel().toString(), event.getLoggerName(), text));
 * }</pre>
 *
 * <p>The events are personless unless a context says whom they are about, and have the properties {@code logger_name}
 * and {@code log_message}. Left out is what would go in circles: records of this client's own loggers, records logged
 * on one of its threads, and records logged while a logged exception is being captured on the same thread.
 *
 * <p><b>Threads:</b> any. Never throws and never blocks longer than a capture does.
 */
public final class LoggedExceptionCapture {

    /** Messages longer than this are cut: the exception matters more. */
    static final int MAX_MESSAGE_CHARS = 16_384;

    private static final String OWN_LOGGERS = "dev.penstock";
    private static final String OWN_THREADS = "penstock-";

    /** One for all clients, so that two of them cannot report each other's reports for ever. */
    private static final ThreadLocal<Boolean> CAPTURING = new ThreadLocal<>();

    private final CaptureClient client;
    private final ExceptionDetails details;

    /**
     * Makes a capture for one integration.
     *
     * @param client captures the exceptions; never closed from here
     * @param source the integration's name as in {@link ExceptionDetails#withSource}, such as {@code logback.appender};
     *     left out if it is no such name
     * @throws IllegalArgumentException if the client is null
     */
    public LoggedExceptionCapture(CaptureClient client, String source) {
        if (client == null) {
            throw new IllegalArgumentException("client must not be null");
        }
        this.client = client;
        this.details = ExceptionDetails.LOGGER.withSource(source);
    }

    /**
     * Captures the exception of a log record.
     *
     * @param logged the record, or null
     * @return what became of the event; {@link CaptureResult#INVALID} if capturing failed; empty if there is no record, no
     *     exception, or the record was left out
     */
    public Optional<CaptureResult> capture(LoggedException logged) {
        if (logged == null || logged.thrown() == null || CAPTURING.get() != null || isOwn(logged.logger())) {
            return Optional.empty();
        }
        CAPTURING.set(Boolean.TRUE);
        try {
            return Optional.of(send(logged));
        } catch (Throwable e) {
            // Whoever logs must not learn of trouble here; the answer says it.
            return Optional.of(CaptureResult.INVALID);
        } finally {
            CAPTURING.remove();
        }
    }

    private static boolean isOwn(String logger) {
        return isOwnLogger(logger) || Thread.currentThread().getName().startsWith(OWN_THREADS);
    }

    private static boolean isOwnLogger(String logger) {
        return logger != null && (logger.equals(OWN_LOGGERS) || logger.startsWith(OWN_LOGGERS + "."));
    }

    private CaptureResult send(LoggedException logged) {
        EventBuilder event = client.exception(logged.thrown(), details.withLevel(logged.level()));
        if (logged.logger() != null) {
            event.put("logger_name", logged.logger());
        }
        if (logged.message() != null) {
            event.put("log_message", cut(logged.message()));
        }
        return event.send();
    }

    /** The beginning of a message, without half a character at its end. */
    private static String cut(String message) {
        if (message.length() <= MAX_MESSAGE_CHARS) {
            return message;
        }
        boolean splits =
                Character.isSurrogatePair(message.charAt(MAX_MESSAGE_CHARS - 1), message.charAt(MAX_MESSAGE_CHARS));
        return message.substring(0, splits ? MAX_MESSAGE_CHARS - 1 : MAX_MESSAGE_CHARS);
    }
}
