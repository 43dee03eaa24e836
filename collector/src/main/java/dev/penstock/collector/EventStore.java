package dev.penstock.collector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What has been received: counters, ids and, within bounds, events and requests. Any thread; one lock, taken once a
 * request.
 */
final class EventStore {
    /** First reasons kept; later ones are only counted. */
    static final int MAX_REASONS = 1_000;

    /** The ids received between two resets; a request that began before a reset leaves no trace after it. */
    static final class Epoch {
        private final StripedUuidSet ids = new StripedUuidSet();

        int add(BatchContents contents) {
            return contents.addIdsTo(ids);
        }
    }

    private final int maxEvents;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ReceivedEvent> events = new ArrayList<>();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final long[] eventCounts = new long[Route.values().length];

    private volatile Epoch epoch = new Epoch();
    private volatile boolean full;
    private long storedBytes;
    private long requestCount;
    private long eventCount;
    private long distinctCount;
    private long invalidCount;
    private long bytesWire;
    private long bytesPlain;

    EventStore(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    Epoch epoch() {
        return epoch;
    }

    /** Whether building objects for storage is still worth while. */
    boolean hasRoom() {
        return !full;
    }

    /**
     * Counts a request, and the events it brought.
     *
     * @param reason why it was invalid, or null
     * @param request the request to keep, or null to count only
     * @param kept events to keep with it
     * @param received events that count as received, of which {@code fresh} had new ids
     */
    void add(
            Epoch of,
            Route route,
            long wire,
            long plain,
            String reason,
            ReceivedRequest request,
            List<ReceivedEvent> kept,
            int received,
            int fresh) {
        lock.lock();
        try {
            if (of != epoch) {
                return;
            }
            requestCount++;
            bytesWire += wire;
            bytesPlain += plain;
            if (reason != null) {
                invalidCount++;
                if (reasons.size() < MAX_REASONS) {
                    reasons.add(reason);
                }
            }
            if (request != null) {
                keep(request, plain, kept);
            }
            addEvents(route, received, fresh);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keep(ReceivedRequest request, long plain, List<ReceivedEvent> kept) {
        if (full
                || events.size() + (long) kept.size() > maxEvents
                || requests.size() == maxEvents
                || storedBytes + plain > maxBytes) {
            full = true;
            return;
        }
        storedBytes += plain;
        requests.add(request);
        events.addAll(kept);
    }

    private void addEvents(Route route, int received, int fresh) {
        eventCounts[route.ordinal()] += received;
        eventCount += received;
        distinctCount += fresh;
    }

    /** Counts the events of a request that {@link #add} counted without them. */
    void addLate(Epoch of, Route route, List<ReceivedEvent> late, int received, int fresh) {
        lock.lock();
        try {
            if (of != epoch) {
                return;
            }
            if (full || events.size() + late.size() > maxEvents || late.size() < received) {
                full = true;
            } else {
                events.addAll(late);
            }
            addEvents(route, received, fresh);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void reset() {
        lock.lock();
        try {
            epoch = new Epoch();
            full = false;
            events.clear();
            requests.clear();
            reasons.clear();
            storedBytes = 0;
            requestCount = 0;
            Arrays.fill(eventCounts, 0);
            eventCount = 0;
            distinctCount = 0;
            invalidCount = 0;
            bytesWire = 0;
            bytesPlain = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those who wait for something this class does not hold. */
    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    CollectorStats stats(long logRecords) {
        return locked(() -> new CollectorStats(
                requestCount,
                eventCount,
                distinctCount,
                eventCount - distinctCount,
                invalidCount,
                bytesWire,
                bytesPlain,
                eventCounts[Route.ANALYTICS.ordinal()],
                eventCounts[Route.AI.ordinal()],
                eventCounts[Route.SEGMENT.ordinal()],
                logRecords));
    }

    List<ReceivedEvent> events() {
        return locked(() -> List.copyOf(events));
    }

    List<ReceivedRequest> requests() {
        return locked(() -> List.copyOf(requests));
    }

    List<String> reasons() {
        return locked(() -> List.copyOf(reasons));
    }

    long eventCount(Route route) {
        return locked(() -> eventCounts[route.ordinal()]);
    }

    long eventCount() {
        return locked(() -> eventCount);
    }

    long requestCount() {
        return locked(() -> requestCount);
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a condition over this store holds; false when the time ran out first. */
    boolean await(BooleanSupplier condition, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }
}
