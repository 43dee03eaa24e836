package dev.penstock.client.errors;

import java.time.Duration;

/**
 * What an exception that nobody catches means for the process; see {@link UncaughtExceptionCapture}.
 *
 * <p><b>Threads:</b> immutable; any.
 *
 * @param processEnds whether the process ends by such an exception. The JVM itself ends only when its last non-daemon
 *     thread does, which cannot be known beforehand; say true where a handler exits, or where the main thread is the
 *     only one that counts. Then the level is fatal instead of error, and delivery is waited for
 * @param flushTimeout the longest time the dying thread waits for delivery if the process ends; zero does not wait
 */
public record UncaughtExceptionOptions(boolean processEnds, Duration flushTimeout) {

    /** The process goes on. */
    public static final UncaughtExceptionOptions DEFAULT = new UncaughtExceptionOptions(false, Duration.ofSeconds(2));

    /** The process ends, and its last report is waited for up to two seconds. */
    public static final UncaughtExceptionOptions PROCESS_ENDS =
            new UncaughtExceptionOptions(true, Duration.ofSeconds(2));

    /**
     * Checks the options.
     *
     * @param processEnds whether the process ends by such an exception
     * @param flushTimeout the longest time to wait for delivery
     * @throws IllegalArgumentException if the timeout is null or negative
     */
    public UncaughtExceptionOptions {
        if (flushTimeout == null || flushTimeout.isNegative()) {
            throw new IllegalArgumentException("flushTimeout is " + flushTimeout + "; must be zero or more");
        }
    }
}
