package dev.penstock.engine.flags.load;

import java.time.Duration;

/**
 * How definitions are polled.
 *
 * <p>{@link #toString()} shows neither key.
 *
 * @param projectKey the project's key
 * @param secretKey what is allowed to read definitions; null or empty means that the server is never asked
 * @param interval time from the end of one load to the next
 * @param timeout how long one load may take
 * @param maxBytes how long a definitions body may be, decompressed
 */
public record PollSettings(String projectKey, String secretKey, Duration interval, Duration timeout, int maxBytes) {

    /** Thirty seconds between loads. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    /** Ten seconds for one load. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** 32 MiB. */
    public static final int DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

    boolean isPolling() {
        return secretKey != null && !secretKey.isEmpty();
    }

    @Override
    public String toString() {
        return "PollSettings{polling=" + isPolling() + ", interval=" + interval + ", timeout=" + timeout + ", maxBytes="
                + maxBytes + '}';
    }
}
