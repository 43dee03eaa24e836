package dev.penstock.engine;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.engine.flags.EngineFlags;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.watchdog.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends an engine, once: stop accepting, let the pipelines finish, leave to the disk or discard, stop the transport, close
 * the spool, stop the listener.
 *
 * <p>The first caller does it; others wait for its report, and may shorten its deadline.
 *
 * <p><b>Threads:</b> any.
 */
final class Shutdown {

    /** What ending the threads may take beyond the caller's timeout. */
    private static final long GRACE_MS = 1_000;

    /** What the lanes may take beyond it to leave the rest to the disk and to discard what is left. */
    private static final long LANE_GRACE_MS = 3_000;

    private final EngineCore core;
    private final Channels channels;
    private final EngineFlags flags;
    private final ListenerThread listener;
    private final Watchdog watchdog;
    private final StatsReader stats;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<CloseReport> report = new CompletableFuture<>();

    /** Whether what is in memory is given up at once. */
    private volatile boolean discards;

    /** All lanes there will ever be, once that is known. */
    private volatile List<Lane> lanes = List.of();

    private boolean hasDeadline;
    private long earliestDeadline;

    /** {@code flags}, {@code listener} and {@code watchdog} may be null. */
    Shutdown(
            EngineCore core,
            Channels channels,
            EngineFlags flags,
            ListenerThread listener,
            Watchdog watchdog,
            StatsReader stats) {
        this.core = core;
        this.channels = channels;
        this.flags = flags;
        this.listener = listener;
        this.watchdog = watchdog;
        this.stats = stats;
    }

    boolean hasBegun() {
        return begun.get();
    }

    CloseReport close(Duration timeout) {
        return close(timeout, false);
    }

    /** Gives up what is in memory; what is on disk stays there. */
    CloseReport discard() {
        return close(Duration.ZERO, true);
    }

    private CloseReport close(Duration timeout, boolean discardsAll) {
        long started = System.nanoTime();
        long deadline = started + Durations.nanos(timeout);
        if (begun.compareAndSet(false, true)) {
            if (flags != null) {
                flags.stop(); // its last events are still accepted
            }
            core.gate().close();
            discards = discardsAll;
            requestClose(deadline);
            lanes = channels.seal();
            requestClose(deadline);
            boolean interrupted = !awaitLanes(deadline);
            report.complete(stop(started, interrupted));
        } else {
            requestClose(deadline);
        }
        return awaitReport(deadline, started);
    }

    /** Those who close before all lanes are known have their deadline applied once they are. */
    private void requestClose(long deadline) {
        long earliest;
        synchronized (this) {
            if (!hasDeadline || deadline - earliestDeadline < 0) {
                earliestDeadline = deadline;
                hasDeadline = true;
            }
            earliest = earliestDeadline;
        }
        for (Lane lane : lanes) {
            if (discards) {
                lane.agent().requestDiscard();
            } else {
                lane.agent().requestClose(earliest);
            }
        }
    }

    /** False if the calling thread was interrupted, which discards the rest. */
    private boolean awaitLanes(long deadline) {
        boolean uninterrupted = true;
        for (Lane lane : lanes) {
            boolean ended = false;
            while (!ended) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + LANE_GRACE_MS;
                try {
                    lane.join(Math.max(1, leftMs));
                    ended = true;
                } catch (InterruptedException e) {
                    uninterrupted = false;
                    requestClose(System.nanoTime());
                }
            }
        }
        return uninterrupted;
    }

    private CloseReport stop(long started, boolean wasInterrupted) {
        boolean interrupted = wasInterrupted;
        if (flags != null) {
            try {
                flags.join(GRACE_MS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (watchdog != null) {
            try {
                watchdog.close(GRACE_MS); // not before the lanes: it may have to start one again
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (core.transport() != null) {
            core.transport().close();
        }
        if (core.spool() != null) {
            core.spool().close(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS));
        }
        if (listener != null) {
            try {
                listener.close(GRACE_MS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        boolean discarded = lanes.stream().anyMatch(lane -> lane.agent().hasDiscarded());
        ClientStats last = stats.read();
        return new CloseReport(
                !discarded && last.pending().total() == 0,
                core.threads().alive() == 0,
                Duration.ofNanos(System.nanoTime() - started),
                last);
    }

    private CloseReport awaitReport(long deadline, long started) {
        boolean interrupted = false;
        try {
            while (true) {
                long leftNs =
                        deadline - System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LANE_GRACE_MS + 5 * GRACE_MS);
                try {
                    return report.get(Math.max(1, leftNs), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    requestClose(System.nanoTime());
                }
            }
        } catch (TimeoutException | ExecutionException e) {
            // The first caller is still at it, or is a listener of this client further up this stack.
            return new CloseReport(false, false, Duration.ofNanos(System.nanoTime() - started), stats.read());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
