package dev.penstock.client.logs;

import dev.penstock.client.CaptureResult;
import java.util.Map;

/**
 * Captures log records in one short call each: a method for each level, with and without attributes.
 *
 * <pre>{@code
 * Logger logger = client.logs().logger();
 * logger.info("ready", Map.of("region", "eu"));
 * }</pre>
 *
 * <p>Each is the same as {@link LogClient#captureLog} with a record of that level, body and attributes.
 *
 * <p><b>Threads:</b> as {@link LogClient}.
 */
@FunctionalInterface
public interface Logger {

    /**
     * Captures a record. Never throws.
     *
     * @param level how serious it is; null means {@link LogLevel#INFO}
     * @param body the message
     * @param attributes what else is to be known, read during the call; null means nothing
     * @return what became of it; see {@link LogClient#captureLog}
     */
    CaptureResult log(LogLevel level, String body, Map<String, ?> attributes);

    /**
     * Logs finest detail.
     *
     * @param body the message
     * @return what became of it
     */
    default CaptureResult trace(String body) {
        return log(LogLevel.TRACE, body, Map.of());
    }

    /**
     * Logs finest detail.
     *
     * @param body the message
     * @param attributes what else is to be known, read during the call; null means nothing
     * @return what became of it
     */
    default CaptureResult trace(String body, Map<String, ?> attributes) {
        return log(LogLevel.TRACE, body, attributes);
    }

    /**
     * Logs detail for whoever looks for a fault.
     *
     * @param body the message
     * @return what became of it
     */
    default CaptureResult debug(String body) {
        return log(LogLevel.DEBUG, body, Map.of());
    }

    /**
     * Logs detail for whoever looks for a fault.
     *
     * @param body the message
     * @param attributes what else is to be known, read during the call; null means nothing
     * @return what became of it
     */
    default CaptureResult debug(String body, Map<String, ?> attributes) {
        return log(LogLevel.DEBUG, body, attributes);
    }

    /**
     * Logs the ordinary course of things.
     *
     * @param body the message
     * @return what became of it
     */
    default CaptureResult info(String body) {
        return log(LogLevel.INFO, body, Map.of());
    }

    /**
     * Logs the ordinary course of things.
     *
     * @param body the message
     * @param attributes what else is to be known, read during the call; null means nothing
     * @return what became of it
     */
    default CaptureResult info(String body, Map<String, ?> attributes) {
        return log(LogLevel.INFO, body, attributes);
    }

    /**
     * Logs something to look at.
     *
     * @param body the message
     * @return what became of it
     */
    default CaptureResult warn(String body) {
        return log(LogLevel.WARN, body, Map.of());
    }

    /**
     * Logs something to look at.
     *
     * @param body the message
     * @param attributes what else is to be known, read during the call; null means nothing
     * @return what became of it
     */
    default CaptureResult warn(String body, Map<String, ?> attributes) {
        return log(LogLevel.WARN, body, attributes);
    }

    /**
     * Logs a failure.
     *
     * @param body the message
     * @return what became of it
     */
    default CaptureResult error(String body) {
        return log(LogLevel.ERROR, body, Map.of());
    }

    /**
     * Logs a failure.
     *
     * @param body the message
     * @param attributes what else is to be known, read during the call; null means nothing
     * @return what became of it
     */
    default CaptureResult error(String body, Map<String, ?> attributes) {
        return log(LogLevel.ERROR, body, attributes);
    }

    /**
     * Logs a failure for good.
     *
     * @param body the message
     * @return what became of it
     */
    default CaptureResult fatal(String body) {
        return log(LogLevel.FATAL, body, Map.of());
    }

    /**
     * Logs a failure for good.
     *
     * @param body the message
     * @param attributes what else is to be known, read during the call; null means nothing
     * @return what became of it
     */
    default CaptureResult fatal(String body, Map<String, ?> attributes) {
        return log(LogLevel.FATAL, body, attributes);
    }
}
