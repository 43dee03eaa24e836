package dev.penstock.engine.capture;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps so many events a second: a bucket of that many tokens, which is full at first and gets one more at equal distances.
 *
 * <p>Why it is shaped so: the bucket is one number, the time up to which tokens are spent. Whoever moves it on by the worth of
 * one token has it, and it never passes the present; so threads that race for the last token cannot both get it.
 */
final class RateLimit implements EventSampler {

    private static final long SECOND_NS = 1_000_000_000L;

    private final LongSupplier nanoClock;
    private final long tokenNs;
    private final long bucketNs;
    private final AtomicLong spentUntilNs;
    private final AtomicLong leftOut = new AtomicLong();

    RateLimit(int perSecond, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        // Rounded up: rather a little less than a little more.
        this.tokenNs = (SECOND_NS + perSecond - 1) / perSecond;
        this.bucketNs = tokenNs * perSecond;
        this.spentUntilNs = new AtomicLong(nanoClock.getAsLong() - bucketNs);
    }

    @Override
    public long admit(CharSequence distinctId, long uuidHigh, long uuidLow) {
        if (takeToken()) {
            // Read first: mostly there is nothing, and then nothing is written.
            return leftOut.get() == 0 ? 0 : leftOut.getAndSet(0);
        }
        leftOut.incrementAndGet();
        return LEFT_OUT;
    }

    private boolean takeToken() {
        long now = nanoClock.getAsLong();
        long fullSince = now - bucketNs;
        long before = spentUntilNs.get();
        while (true) {
            // Differences, because this clock may begin anywhere.
            long after = (before - fullSince < 0 ? fullSince : before) + tokenNs;
            if (after - now > 0) {
                return false;
            }
            long seen = spentUntilNs.compareAndExchange(before, after);
            if (seen == before) {
                return true;
            }
            before = seen;
        }
    }

    @Override
    public double rate(long count) {
        return 1.0 / (1 + count);
    }

    @Override
    public void giveBack(long count) {
        if (count > 0) {
            leftOut.addAndGet(count);
        }
    }
}
