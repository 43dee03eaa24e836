package dev.penstock.cli.common;

import dev.penstock.client.ClientStats;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs out when nothing has moved for a while: no event has got its outcome or gone to disk, and no request was made.
 * <p>
 * Between two requests a client may only be waiting as the server asked, so each may count as a sign of life; but only so
 * long, for a server that is away is asked again and again as well. That an event has expired is no sign of anything.
 * <p>
 * <b>Threads:</b> one at a time.
 */
public final class Patience {
    private final long limitNs;
    private final long longestNs;
    private final LongSupplier clock;
    private long settled = -1;
    private long requests = -1;
    private long settledAt;
    private long movedAt;

    /**
     * Starts at the first look.
     *
     * @param limit how long no event may be settled and no request made
     * @param longest how long no event may be settled, whatever is requested; the same as the limit if requests are not to
     *     count
     */
    public Patience(Duration limit, Duration longest) {
        this(limit, longest, System::nanoTime);
    }

    Patience(Duration limit, Duration longest, LongSupplier clock) {
        this.limitNs = limit.toNanos();
        this.longestNs = longest.toNanos();
        this.clock = clock;
    }

    /**
     * Looks at the account.
     *
     * @param stats the account now
     * @return true if it has run out, although something is pending
     */
    public boolean exhausted(ClientStats stats) {
        long now = clock.getAsLong();
        long nowSettled = stats.delivered()
                + stats.refused()
                + stats.discarded()
                + stats.spool().storedEvents();
        if (nowSettled != settled || Unsettled.events(stats) == 0) {
            settled = nowSettled;
            settledAt = now;
            movedAt = now;
        }
        if (stats.delivery().requests() != requests) {
            requests = stats.delivery().requests();
            movedAt = now;
        }
        return now - movedAt > limitNs || now - settledAt > longestNs;
    }

    /**
     * How long no event has been settled.
     *
     * @return whole seconds
     */
    public long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - settledAt);
    }
}
