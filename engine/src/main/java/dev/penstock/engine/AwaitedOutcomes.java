package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.SendReport;
import dev.penstock.engine.capture.OutcomeTicket;
import dev.penstock.engine.capture.OutcomeWaits;
import dev.penstock.engine.listener.SettledEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Brings outcomes to the captures that wait for them.
 *
 * <p><b>Threads:</b> tickets on capturing threads, {@link #settled} on pipeline threads; while nobody waits that is one
 * read for a batch.
 */
final class AwaitedOutcomes implements OutcomeWaits {

    /** By event; more than one wait for one event where a caller has used a UUID twice. */
    private final ConcurrentHashMap<UUID, List<CompletableFuture<Settled>>> awaited = new ConcurrentHashMap<>();

    private final Runnable flush;
    private final BooleanSupplier onOwnThread;

    private record Settled(Outcome outcome, String reason) {}

    /**
     * Makes a table of waits.
     *
     * @param flush has what is pending sent, without waiting
     * @param onOwnThread whether the calling thread belongs to the engine, where waiting would wait for itself
     */
    AwaitedOutcomes(Runnable flush, BooleanSupplier onOwnThread) {
        this.flush = flush;
        this.onOwnThread = onOwnThread;
    }

    @Override
    public OutcomeTicket open() {
        return new Ticket();
    }

    /** Whether anybody waits. */
    boolean isAnyAwaited() {
        return !awaited.isEmpty();
    }

    void settled(SettledEvents events) {
        for (int i = 0; i < events.count(); i++) {
            List<CompletableFuture<Settled>> waits = awaited.get(events.uuid(i));
            if (waits != null) {
                Settled settled =
                        new Settled(events.ending(i).outcome(), events.ending(i).reason());
                waits.forEach(wait -> wait.complete(settled));
            }
        }
    }

    private final class Ticket implements OutcomeTicket {

        private UUID uuid;
        private final CompletableFuture<Settled> waiting = new CompletableFuture<>();

        @Override
        public void expect(long uuidHigh, long uuidLow) {
            uuid = new UUID(uuidHigh, uuidLow);
            awaited.compute(uuid, (id, waits) -> {
                List<CompletableFuture<Settled>> all = waits == null ? new CopyOnWriteArrayList<>() : waits;
                all.add(waiting);
                return all;
            });
        }

        @Override
        public SendReport await(CaptureResult result, Duration timeout) {
            try {
                if (result != CaptureResult.ACCEPTED) {
                    return new SendReport(result, Optional.empty(), "");
                }
                flush.run();
                Settled settled = onOwnThread.getAsBoolean() ? waiting.getNow(null) : settledWithin(timeout);
                return settled == null
                        ? new SendReport(result, Optional.empty(), "")
                        : new SendReport(result, Optional.of(settled.outcome()), settled.reason());
            } finally {
                abandon();
            }
        }

        @Override
        public void abandon() {
            if (uuid != null) {
                awaited.computeIfPresent(uuid, (id, waits) -> {
                    waits.removeIf(wait -> wait == waiting);
                    return waits.isEmpty() ? null : waits;
                });
            }
        }

        private Settled settledWithin(Duration timeout) {
            try {
                return waiting.get(Durations.nanos(timeout), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return waiting.getNow(null);
            } catch (TimeoutException e) {
                return null;
            } catch (ExecutionException e) {
                throw new IllegalStateException("an outcome cannot fail", e);
            }
        }
    }
}
