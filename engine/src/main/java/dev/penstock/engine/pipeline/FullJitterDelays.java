package dev.penstock.engine.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Anything from nothing to a bound that doubles from the configured delay to 60 s, each wait as likely as any other, and
 * never before the server's {@code Retry-After}.
 *
 * <p>So clients that failed together do not come back together.
 */
final class FullJitterDelays implements RetryDelays {

    static final long MAX_BOUND_MS = 60_000;

    private final long initialMs;
    private final AskedWait asked;
    private final RandomGenerator random;

    FullJitterDelays(long initialMs, RandomGenerator random) {
        this.initialMs = initialMs;
        this.asked = new AskedWait(random);
        this.random = random;
    }

    @Override
    public long delayNs(int failed, int retry, long retryAfterMs) {
        long boundMs = Math.min(MAX_BOUND_MS, initialMs << Math.min(retry - 1, 20));
        long own = (long) ((TimeUnit.MILLISECONDS.toNanos(boundMs) + 1) * random.nextDouble());
        return Math.max(own, asked.waitNs(retryAfterMs));
    }
}
