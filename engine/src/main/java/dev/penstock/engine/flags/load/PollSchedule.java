package dev.penstock.engine.flags.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When to load next: at the interval, or, after the server has turned us away, later and later.
 *
 * <p>Jitter is ten per cent either way, so that processes started together do not stay together. It never takes a delay
 * below what the server asked for.
 *
 * <p><b>Threads:</b> the flag thread.
 */
final class PollSchedule {

    private static final long MAX_BACKOFF_NS = Duration.ofSeconds(60).toNanos();
    private static final int MAX_DOUBLINGS = 20;
    private static final double JITTER = 0.1;

    private final long intervalNs;
    private final RandomGenerator random;
    private int refusals;

    PollSchedule(Duration interval, RandomGenerator random) {
        this.intervalNs = interval.toNanos();
        this.random = random;
    }

    /** The delay after anything but a refusal. */
    long nextNs() {
        return jittered(intervalNs);
    }

    /** The server has answered as it should: the next refusal is the first again. */
    void reset() {
        refusals = 0;
    }

    /**
     * The delay after a refusal. Doubles each time up to a minute, but is never shorter than the interval.
     *
     * @param retryAfterMs what the server asked for at least, or 0
     */
    long afterRefusalNs(long retryAfterMs) {
        refusals = Math.min(refusals + 1, MAX_DOUBLINGS);
        long doubled = intervalNs > MAX_BACKOFF_NS >> refusals ? MAX_BACKOFF_NS : intervalNs << refusals;
        long delay = jittered(Math.max(intervalNs, doubled));
        return Math.max(delay, TimeUnit.MILLISECONDS.toNanos(retryAfterMs));
    }

    private long jittered(long ns) {
        return (long) (ns * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }
}
