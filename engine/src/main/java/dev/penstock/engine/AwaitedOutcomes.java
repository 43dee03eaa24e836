package dev.penstock.engine;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.Outcome;
import dev.penstock.client.SendReport;
import dev.penstock.engine.capture.OutcomeTicket;
import dev.penstock.engine.capture.OutcomeWaits;
import dev.penstock.engine.listener.SettledEvents;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ConcurrentHashMap<UUID, CompletableFuture<Settled>> awaited = new ConcurrentHashMap<>();
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
            CompletableFuture<Settled> waiting = awaited.get(events.uuid(i));
            if (waiting != null) {
                waiting.complete(
                        new Settled(events.ending(i).outcome(), events.ending(i).reason()));
            }
        }
    }

    private final class Ticket implements OutcomeTicket {

        private UUID uuid;
        private CompletableFuture<Settled> waiting;

        @Override
        public void expect(long uuidHigh, long uuidLow) {
            uuid = new UUID(uuidHigh, uuidLow);
            // Two events of one UUID, which is the caller's doing, share the first one's outcome.
            waiting = awaited.computeIfAbsent(uuid, id -> new CompletableFuture<>());
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
                if (uuid != null) {
                    awaited.remove(uuid, waiting);
                }
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
