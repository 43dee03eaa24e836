package dev.penstock.engine;

import dev.penstock.client.ClientStats;
import dev.penstock.client.CloseReport;
import dev.penstock.engine.capture.CaptureGate;
import dev.penstock.engine.flags.EngineFlags;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.transport.BatchTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends an engine, once: stop accepting, let the pipelines finish or discard, stop the transport, stop the listener.
 *
 * <p>The first caller does it; others wait for its report, and may shorten its deadline.
 *
 * <p><b>Threads:</b> any.
 */
final class Shutdown {

    /** What ending the threads may take beyond the caller's timeout. */
    private static final long GRACE_MS = 1_000;

    private final CaptureGate gate;
    private final Channels channels;
    private final EngineFlags flags;
    private final BatchTransport transport;
    private final ListenerThread listener;
    private final EngineThreads threads;
    private final StatsReader stats;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<CloseReport> report = new CompletableFuture<>();

    /** All lanes there will ever be, once that is known. */
    private volatile List<Lane> lanes = List.of();

    private boolean hasDeadline;
    private long earliestDeadline;

    /** {@code flags}, {@code transport} and {@code listener} may be null. */
    Shutdown(
            CaptureGate gate,
            Channels channels,
            EngineFlags flags,
            BatchTransport transport,
            ListenerThread listener,
            EngineThreads threads,
            StatsReader stats) {
        this.gate = gate;
        this.channels = channels;
        this.flags = flags;
        this.transport = transport;
        this.listener = listener;
        this.threads = threads;
        this.stats = stats;
    }

    boolean hasBegun() {
        return begun.get();
    }

    CloseReport close(Duration timeout) {
        long started = System.nanoTime();
        long deadline = started + Durations.nanos(timeout);
        if (begun.compareAndSet(false, true)) {
            if (flags != null) {
                flags.stop(); // its last events are still accepted
            }
            gate.close();
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
        lanes.forEach(lane -> lane.agent().requestClose(earliest));
    }

    /** False if the calling thread was interrupted, which discards the rest. */
    private boolean awaitLanes(long deadline) {
        boolean uninterrupted = true;
        for (Lane lane : lanes) {
            boolean ended = false;
            while (!ended) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + GRACE_MS;
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
        if (transport != null) {
            transport.close();
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
                threads.alive() == 0,
                Duration.ofNanos(System.nanoTime() - started),
                last);
    }

    private CloseReport awaitReport(long deadline, long started) {
        boolean interrupted = false;
        try {
            while (true) {
                long leftNs = deadline - System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3 * GRACE_MS);
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
