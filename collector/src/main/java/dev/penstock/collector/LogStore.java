package dev.penstock.collector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The log requests received: counted, and within bounds kept. Any thread; one lock, apart from that of events. */
final class LogStore {
    private final int maxRecords;
    private final long maxChars;
    private final List<LogRequest> requests = new ArrayList<>();
    private final List<ReceivedLogRecord> records = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private long requestCount;
    private long recordCount;
    private long keptChars;
    private boolean full;
    private int epoch;

    LogStore(CollectorOptions options) {
        maxRecords = options.stores() ? options.maxStoredEvents() : 0;
        maxChars = options.maxStoredBytes();
    }

    /** Number of resets so far; a request that began before one leaves no trace after it. */
    synchronized int epoch() {
        return epoch;
    }

    /** Counts a request, and its records when they count as received. */
    synchronized void add(int ofEpoch, LogRequest request, boolean received) {
        if (ofEpoch != epoch) {
            return;
        }
        requestCount++;
        if (request.invalidReason().isPresent() && reasons.size() < EventStore.MAX_REASONS) {
            reasons.add(request.invalidReason().get());
        }
        keptChars += request.body().length();
        full |= requests.size() == maxRecords || keptChars > maxChars;
        if (!full) {
            requests.add(request);
        }
        if (received) {
            addRecords(request);
        }
        notifyAll();
    }

    /** Counts the records of a request that was counted without them. */
    synchronized void addLate(int ofEpoch, LogRequest request) {
        if (ofEpoch == epoch) {
            addRecords(request);
            notifyAll();
        }
    }

    private void addRecords(LogRequest request) {
        recordCount += request.records().size();
        full |= records.size() + (long) request.records().size() > maxRecords;
        if (!full) {
            records.addAll(request.records());
        }
    }

    synchronized void reset() {
        epoch++;
        requests.clear();
        records.clear();
        reasons.clear();
        requestCount = 0;
        recordCount = 0;
        keptChars = 0;
        full = false;
        notifyAll();
    }

    synchronized List<LogRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized List<ReceivedLogRecord> records() {
        return List.copyOf(records);
    }

    synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    synchronized long requestCount() {
        return requestCount;
    }

    synchronized long recordCount() {
        return recordCount;
    }

    /** Waits until a condition over this store holds; false when the time ran out first. */
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
