package dev.penstock.engine.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Exponential from the configured delay, at most 30 s, never before the server's {@code Retry-After}; jitter only ever
 * adds.
 *
 * <p><b>Source:</b> PostHog's capture contract: two retries within 5 s of the first try, three within 15 s, {@code
 * Retry-After} as a lower bound clamped to 30 s.
 */
final class SteadyDelays implements RetryDelays {

    static final long MAX_DELAY_MS = 30_000;
    private static final double JITTER = 0.1;

    private final long initialMs;
    private final RandomGenerator random;

    SteadyDelays(long initialMs, RandomGenerator random) {
        this.initialMs = initialMs;
        this.random = random;
    }

    @Override
    public long delayNs(int failed, int retry, long retryAfterMs) {
        long base = Math.min(MAX_DELAY_MS, initialMs << Math.min(retry - 1, 20));
        long delay = Math.max(base, Math.min(retryAfterMs, MAX_DELAY_MS));
        return TimeUnit.MILLISECONDS.toNanos(delay + (long) (delay * JITTER * random.nextDouble()));
    }
}
