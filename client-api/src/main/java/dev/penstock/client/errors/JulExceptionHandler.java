package dev.penstock.client.errors;

import dev.penstock.client.CaptureClient;
import java.time.Duration;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Captures the exceptions that are logged through {@code java.util.logging}.
 *
 * <pre>{@code
 * Logger.getLogger("").addHandler(new JulExceptionHandler(client));
 * }</pre>
 *
 * <p>Takes records of {@link Level#SEVERE} and above that have an exception; {@link #setLevel} and {@link #setFilter}
 * change that. {@code SEVERE} becomes error, {@code WARNING} warning, {@code CONFIG} and {@code INFO} info, anything
 * below debug; a level whose own name is known, such as {@code FATAL}, becomes that. {@link LoggedExceptionCapture} says
 * what else is written, and what is left out lest it goes in circles.
 *
 * <p><b>Threads:</b> any; no lock. A failure goes to the handler's {@link ErrorManager} and never to whoever logs.
 */
public final class JulExceptionHandler extends Handler {

    /** Fills parameters in; the pattern it also knows is not used. */
    private static final Formatter TEXT = new SimpleFormatter();

    private final CaptureClient client;
    private final LoggedExceptionCapture capture;
    private volatile boolean closed;

    /**
     * Makes a handler; add it to a logger.
     *
     * @param client captures the exceptions; never closed from here
     * @throws IllegalArgumentException if the client is null
     */
    public JulExceptionHandler(CaptureClient client) {
        this.client = client;
        this.capture = new LoggedExceptionCapture(client, "jul.handler");
        setLevel(Level.SEVERE);
    }

    @Override
    public void publish(LogRecord record) {
        if (closed || record == null || record.getThrown() == null) {
            return;
        }
        try {
            if (isLoggable(record)) {
                capture.capture(new LoggedException(
                        record.getThrown(),
                        levelOf(record.getLevel()).wireName(),
                        record.getLoggerName(),
                        TEXT.formatMessage(record)));
            }
        } catch (Throwable e) {
            Exception failure = e instanceof Exception exception ? exception : new IllegalStateException(e);
            reportError(null, failure, ErrorManager.WRITE_FAILURE);
        }
    }

    private static ExceptionLevel levelOf(Level level) {
        return ExceptionLevel.of(level.getName()).orElseGet(() -> byValue(level.intValue()));
    }

    private static ExceptionLevel byValue(int value) {
        if (value >= Level.SEVERE.intValue()) {
            return ExceptionLevel.ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return ExceptionLevel.WARNING;
        }
        return value >= Level.CONFIG.intValue() ? ExceptionLevel.INFO : ExceptionLevel.DEBUG;
    }

    /** Begins to send what was captured; does not wait for it. */
    @Override
    public void flush() {
        client.flush(Duration.ZERO);
    }

    /** Captures nothing from now on. The client stays open. */
    @Override
    public void close() {
        closed = true;
    }
}
