package dev.penstock.engine.pipeline;

/**
 * Says how long a batch waits before it is tried again.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
@FunctionalInterface
interface RetryDelays {

    /**
     * The wait before the next try.
     *
     * @param failed how many tries have failed, from 1
     * @param retry which of the retries that count comes next, from 1; lower than {@code failed} after waits that do not
     * @param retryAfterMs what the server asked for, or 0
     * @return nanoseconds, from 0
     */
    long delayNs(int failed, int retry, long retryAfterMs);
}
