package dev.penstock.engine.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The wait that a server's {@code Retry-After} asks for, at most 300 s: never shorter than asked, up to a tenth longer, and
 * never longer than those 300 s.
 */
final class AskedWait {

    static final long MAX_MS = 300_000;
    private static final double JITTER = 0.1;

    private final RandomGenerator random;

    AskedWait(RandomGenerator random) {
        this.random = random;
    }

    /** Nanoseconds; 0 if the server asked for nothing. */
    long waitNs(long retryAfterMs) {
        if (retryAfterMs <= 0) {
            return 0;
        }
        long waitNs = TimeUnit.MILLISECONDS.toNanos(Math.min(retryAfterMs, MAX_MS));
        long jittered = waitNs + (long) (waitNs * JITTER * random.nextDouble());
        return Math.min(jittered, TimeUnit.MILLISECONDS.toNanos(MAX_MS));
    }
}
