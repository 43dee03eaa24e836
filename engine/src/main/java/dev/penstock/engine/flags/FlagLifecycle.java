package dev.penstock.engine.flags;

import dev.penstock.client.flags.FlagStats;
import dev.penstock.engine.flags.evaluation.FlagSnapshot;
import dev.penstock.engine.flags.load.DefinitionsPoller;
import dev.penstock.engine.flags.load.FlagThread;
import dev.penstock.engine.flags.usage.UsageReporter;
import dev.penstock.engine.stats.DistinctErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Starts, reloads and stops what keeps flags up to date, and counts.
 *
 * <p><b>Threads:</b> any.
 */
final class FlagLifecycle {

    private final FlagStore store;
    private final DefinitionsPoller poller;
    private final RemoteFlags remote;
    private final UsageReporter reporter;
    private final FlagThread thread;
    private final Duration summaryInterval;
    private final DistinctErrors errors;
    private volatile Future<?> summaries;

    /**
     * {@code poller} may be null, where there is nothing to load definitions from, and so may be the interval, where
     * there are no summaries.
     */
    FlagLifecycle(
            FlagStore store,
            DefinitionsPoller poller,
            RemoteFlags remote,
            UsageReporter reporter,
            FlagThread thread,
            Duration summaryInterval,
            DistinctErrors errors) {
        this.store = store;
        this.poller = poller;
        this.remote = remote;
        this.reporter = reporter;
        this.thread = thread;
        this.summaryInterval = summaryInterval;
        this.errors = errors;
    }

    /** Takes definitions to start with, and begins to load them and to capture summaries. */
    void start() {
        if (poller != null) {
            poller.start();
        }
        if (summaryInterval != null) {
            long intervalNs = summaryInterval.toNanos();
            summaries = thread.executor()
                    .scheduleWithFixedDelay(reporter::summarise, intervalNs, intervalNs, TimeUnit.NANOSECONDS);
        }
    }

    boolean isReady() {
        return poller != null && poller.isReady();
    }

    boolean awaitReady(Duration timeout) throws InterruptedException {
        return poller != null && poller.awaitReady(timeout);
    }

    CompletableFuture<Boolean> reload() {
        return poller == null ? CompletableFuture.completedFuture(false) : poller.reload();
    }

    FlagStats stats() {
        FlagSnapshot snapshot = store.stateAcquire().snapshot();
        long loadedAtMs = snapshot.loadedAtMs();
        return new FlagStats(
                snapshot.size(),
                snapshot.malformed(),
                loadedAtMs == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(loadedAtMs)),
                poller == null ? 0 : poller.loads(),
                poller == null ? 0 : poller.failedLoads(),
                remote.requests(),
                remote.failures(),
                reporter.reported(),
                reporter.trackedIds());
    }

    /** Captures what has been counted and asks the server nothing more. Does not wait. */
    void stop() {
        Future<?> repeated = summaries;
        if (repeated != null) {
            repeated.cancel(false);
        }
        guarded(reporter::close);
        guarded(remote::close);
        guarded(() -> {
            try {
                close(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The client closes whatever happens here. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            errors.warn("flags not closed", "closing the flags failed: " + e, e);
        }
    }

    /** Waits for the thread, after {@link #stop()}. False if it has not ended in time. */
    boolean close(long timeoutMs) throws InterruptedException {
        boolean cacheEnded = false;
        boolean threadEnded;
        try {
            cacheEnded = poller == null || poller.close(timeoutMs);
        } finally {
            threadEnded = thread.close(timeoutMs); // whatever waiting for the cache has come to
        }
        return threadEnded && cacheEnded;
    }
}
