package dev.penstock.engine.pipeline;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/** What the user's policy says, but never before the server's {@code Retry-After}; a schedule where it says nothing. */
final class SuppliedDelays implements RetryDelays {

    /** Beyond any deadline, and yet far from the end of the clock. */
    static final Duration LONGEST = Duration.ofDays(365);

    private final IntFunction<Duration> policy;
    private final RetryDelays otherwise;
    private final AskedWait asked;
    private final DeliveryMessages messages;

    /**
     * Makes delays of a policy.
     *
     * @param policy given how many tries have failed, from 1; the user's, so it may throw and return anything
     * @param otherwise used where the policy gives no wait
     * @param random for jitter upon the server's wait
     * @param messages told of a policy that gives no wait
     */
    SuppliedDelays(
            IntFunction<Duration> policy, RetryDelays otherwise, RandomGenerator random, DeliveryMessages messages) {
        this.policy = policy;
        this.otherwise = otherwise;
        this.asked = new AskedWait(random);
        this.messages = messages;
    }

    @Override
    public long delayNs(int failed, int retry, long retryAfterMs) {
        Duration own = ask(failed);
        return own == null
                ? otherwise.delayNs(failed, retry, retryAfterMs)
                : Math.max(boundedNs(own), asked.waitNs(retryAfterMs));
    }

    private Duration ask(int failed) {
        try {
            Duration own = policy.apply(failed);
            if (own == null) {
                messages.noRetryDelay(null);
            }
            return own;
        } catch (Throwable e) {
            messages.noRetryDelay(e);
            return null;
        }
    }

    private static long boundedNs(Duration wait) {
        if (wait.isNegative()) {
            return 0;
        }
        return (wait.compareTo(LONGEST) > 0 ? LONGEST : wait).toNanos();
    }
}
