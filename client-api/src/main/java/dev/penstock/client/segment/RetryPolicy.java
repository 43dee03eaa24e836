package dev.penstock.client.segment;

import java.time.Duration;

/**
 * Says how long to wait before a batch is tried again.
 *
 * <p><b>Threads:</b> called on the pipeline threads, one call at a time for each lane; it must be quick and must not block.
 */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * The wait before a retry. A {@code Retry-After} of the server's can only lengthen it, up to 300 s; the try after one does
     * not count towards {@link SegmentConfig#maxRetries()}.
     *
     * @param attempt how many tries have failed, from 1; those that do not count towards the retries are among them
     * @return how long to wait; zero or negative tries again at once. For null, or if this throws, the client's own schedule
     *     is used and a warning is logged
     */
    Duration delay(int attempt);
}
