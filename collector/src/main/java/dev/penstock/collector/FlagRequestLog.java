package dev.penstock.collector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The flag requests received: counted, and within bounds kept. Any thread; one lock, apart from that of events. */
final class FlagRequestLog {
    private final int maxRequests;
    private final long maxChars;
    private final List<FlagRequest> kept = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final Map<FlagRoute, Integer> counts = new EnumMap<>(FlagRoute.class);
    private long keptChars;
    private boolean full;
    private int epoch;

    FlagRequestLog(CollectorOptions options) {
        maxRequests = options.stores() ? options.maxStoredEvents() : 0;
        maxChars = options.maxStoredBytes();
    }

    /** Number of resets so far; a request that began before one leaves no trace after it. */
    synchronized int epoch() {
        return epoch;
    }

    synchronized void add(int ofEpoch, FlagRequest request) {
        if (ofEpoch != epoch) {
            return;
        }
        counts.merge(request.route(), 1, Integer::sum);
        if (request.invalidReason().isPresent() && reasons.size() < EventStore.MAX_REASONS) {
            reasons.add(request.invalidReason().get());
        }
        keptChars += request.body().length();
        full |= kept.size() == maxRequests || keptChars > maxChars;
        if (!full) {
            kept.add(request);
        }
        notifyAll();
    }

    synchronized void reset() {
        epoch++;
        kept.clear();
        reasons.clear();
        counts.clear();
        keptChars = 0;
        full = false;
        notifyAll();
    }

    synchronized List<FlagRequest> requests() {
        return List.copyOf(kept);
    }

    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    synchronized int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int count(FlagRoute route) {
        return counts.getOrDefault(route, 0);
    }

    /** Waits until a condition over this log holds; false when the time ran out first. */
    synchronized boolean await(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
