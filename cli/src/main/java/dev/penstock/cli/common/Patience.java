package dev.penstock.cli.common;

import dev.penstock.client.ClientStats;
import java.time.Duration;

/** Runs out when no event has been settled for a while. One thread at a time. */
public final class Patience {
    private final long limitNs;
    private long settled = -1;
    private long since;

    /**
     * Starts at the first look.
     *
     * @param limit how long nothing may be settled
     */
    public Patience(Duration limit) {
        limitNs = limit.toNanos();
    }

    /**
     * Looks at the account.
     *
     * @param stats the account now
     * @return true if nothing has been settled since the limit, although something is pending
     */
    public boolean exhausted(ClientStats stats) {
        long now = System.nanoTime();
        long seen = stats.delivered() + stats.refused() + stats.expired() + stats.discarded();
        if (seen != settled || stats.pending().total() == 0) {
            settled = seen;
            since = now;
            return false;
        }
        return now - since > limitNs;
    }
}
