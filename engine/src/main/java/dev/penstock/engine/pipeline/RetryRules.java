package dev.penstock.engine.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * How often, how long and at what times the batches of a back end are tried again.
 *
 * <p><b>Threads:</b> immutable; any. Each lane makes its own delays from it.
 */
public final class RetryRules {

    private final RetryLimits limits;
    private final long firstDelayMs;
    private final long maxAskedMs;
    private final DelaysFactory delays;

    /** Makes the delays of one lane. */
    @FunctionalInterface
    private interface DelaysFactory {
        RetryDelays make(RandomGenerator random, DeliveryMessages messages);
    }

    private RetryRules(RetryLimits limits, long firstDelayMs, long maxAskedMs, DelaysFactory delays) {
        this.limits = limits;
        this.firstDelayMs = firstDelayMs;
        this.maxAskedMs = maxAskedMs;
        this.delays = delays;
    }

    /**
     * Rules for PostHog: delays that double up to 30 s with a little jitter on top; every retry counts, and there is no
     * deadline.
     *
     * @param maxRetries how often a batch is tried again
     * @param retryDelayMs the delay before the first retry
     * @return the rules
     */
    public static RetryRules steady(int maxRetries, long retryDelayMs) {
        return new RetryRules(
                new RetryLimits(maxRetries, RetryLimits.NO_DEADLINE, true),
                retryDelayMs,
                SteadyDelays.MAX_DELAY_MS,
                (random, messages) -> new SteadyDelays(retryDelayMs, random));
    }

    /**
     * Rules for Segment: delays between 0 and a bound that doubles up to 60 s; a retry after a wait that the server asked
     * for does not count.
     *
     * @param maxRetries how often a batch is tried again, apart from retries that do not count
     * @param retryDelayMs the bound of the delay before the first retry
     * @param deadlineNs how long after the first try another may begin at the latest
     * @param policy the user's delays by how many tries have failed, or null. Where it gives null or throws, the delay is
     *     the one without it, and a warning is noted
     * @return the rules
     */
    public static RetryRules fullJitter(
            int maxRetries, long retryDelayMs, long deadlineNs, IntFunction<Duration> policy) {
        RetryLimits limits = new RetryLimits(maxRetries, deadlineNs, false);
        return new RetryRules(limits, retryDelayMs, AskedWait.MAX_MS, (random, messages) -> {
            RetryDelays own = new FullJitterDelays(retryDelayMs, random);
            return policy == null ? own : new SuppliedDelays(policy, own, random, messages);
        });
    }

    /**
     * What keeps the lanes of a channel from hammering a server that is away.
     *
     * @param failures how many failures in a row open it; 0 for never
     * @param requestTimeoutNs how long a request may take
     * @return a closed circuit
     */
    public Circuit circuit(int failures, long requestTimeoutNs) {
        return new Circuit(
                failures,
                TimeUnit.MILLISECONDS.toNanos(firstDelayMs),
                TimeUnit.MILLISECONDS.toNanos(maxAskedMs),
                2 * requestTimeoutNs);
    }

    RetryLimits limits() {
        return limits;
    }

    RetryDelays delays(RandomGenerator random, DeliveryMessages messages) {
        return delays.make(random, messages);
    }
}
