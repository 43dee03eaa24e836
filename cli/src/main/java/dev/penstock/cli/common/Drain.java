package dev.penstock.cli.common;

import dev.penstock.client.ClientStats;
import dev.penstock.client.FlushResult;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Ends a client: waits as long as events are being settled, gives up when nothing moves, closes in bounded time. */
public final class Drain {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    /** What an interrupted command grants its client. */
    public static final Duration HASTY_CLOSE = Duration.ofSeconds(3);

    private final EventClient client;
    private final Patience patience;
    private final BooleanSupplier interrupted;
    private final long leftAlone;

    /**
     * Ends one client.
     *
     * @param client to be closed
     * @param patience when to give up
     * @param interrupted whether the user wants to leave
     * @param leftAlone how many events in the spool are not the client's to send
     */
    public Drain(EventClient client, Patience patience, BooleanSupplier interrupted, long leftAlone) {
        this.client = client;
        this.patience = patience;
        this.interrupted = interrupted;
        this.leftAlone = leftAlone;
    }

    /**
     * Waits until every event has its outcome, or nothing moves, or the user wants to leave. Blocks.
     *
     * @param tick called about four times a second with the account
     * @return true if every event has its outcome
     */
    public boolean await(Tick tick) {
        while (!interrupted.getAsBoolean()) {
            FlushResult result = client.flush(STEP);
            ClientStats stats = client.stats();
            tick.at(stats);
            boolean settled = Unsettled.events(stats) <= leftAlone;
            if (result == FlushResult.CLOSED || result == FlushResult.INTERRUPTED) {
                return settled;
            }
            if (result == FlushResult.COMPLETED) {
                if (settled) {
                    return true;
                }
                LockSupport.parkNanos(STEP.toNanos()); // the rest is on disk, whence it is sent without a flush
            }
            if (patience.exhausted(stats)) {
                return false;
            }
        }
        return false;
    }

    /**
     * Closes the client; what is still pending after {@link #await} gave up stays in the spool, or is discarded where there
     * is none. Bounded.
     *
     * @param drained what {@link #await} said
     * @return the final account
     */
    public ClientStats close(boolean drained) {
        if (interrupted.getAsBoolean()) {
            return client.close(HASTY_CLOSE).stats();
        }
        return (drained ? client.close(CLOSE) : client.giveUp()).stats();
    }

    /** Sees the account while it drains. */
    public interface Tick {
        /**
         * One look.
         *
         * @param stats the account now
         */
        void at(ClientStats stats);
    }
}
