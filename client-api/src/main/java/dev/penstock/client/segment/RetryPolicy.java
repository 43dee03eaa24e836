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
     * The wait before a retry. A {@code Retry-After} of the server's can only lengthen it.
     *
     * @param attempt how many tries have failed, from 1
     * @return how long to wait; zero or negative tries again at once. For null, or if this throws, the client's own schedule
     *     is used and a warning is logged
     */
    Duration delay(int attempt);
}
