package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.Body;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.listener.SettlementSink;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Gives events their outcomes: counts them, tells whoever wants to know, and has their memory used again.
 *
 * <p>Counting comes first, for it needs no memory: that may end anywhere, and then nobody is told, but the account
 * balances.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class Settler {

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final LaneCounters counters;
    private final DeliveryMessages messages;
    private final SettlementSink settlements;
    private final ByteWindow window;
    private final BatchSpool spool;
    private final BodyStorage storage = new BodyStorage();

    Settler(Reports reports, DeliveryMessages messages, ByteWindow window, BatchSpool spool) {
        this.counters = reports.counters();
        this.messages = messages;
        this.settlements = reports.settlements();
        this.window = window;
        this.spool = spool;
    }

    /** An array for the next body. */
    byte[] takeStorage() {
        return storage.take();
    }

    /** Settles whatever of a batch is open. */
    void settle(Batch batch, Outcome outcome, String reason) {
        if (batch.markSettled()) {
            window.release(batch);
            counters.settle(outcome, batch.events());
            counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, -batch.events());
            spool.settle(batch.ticket(), batch.events());
            tell(batch, () -> batch.endOpen(new Ending(outcome, reason)));
            recycle(batch);
        }
    }

    /** Settles what has been judged; the batch goes on with the rest, if there is one. */
    void settle(Batch batch, JudgedEvents judged) {
        SettledEvents ended = batch.endSome(judged.ended(), judged.endings(), judged.open());
        for (Outcome outcome : OUTCOMES) {
            counters.settle(outcome, ended.count(outcome));
        }
        counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, -ended.count());
        spool.settle(batch.ticket(), ended.count());
        if (judged.hasOpen()) {
            tell(batch, () -> ended);
            return;
        }
        batch.markSettled();
        window.release(batch);
        tell(batch, () -> ended);
        recycle(batch);
    }

    /** Forgets a batch whose events are pending elsewhere from now on. */
    void forget(Batch batch) {
        if (batch.markSettled()) {
            window.release(batch);
            counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, -batch.events());
            recycle(batch);
        }
    }

    /** Has a batch go on with its open events alone. */
    void cutToOpen(Batch batch) {
        Body whole = batch.body();
        boolean inDoubt = batch.isBodyInDoubt();
        batch.cutter().cutToOpen(batch);
        window.count(batch);
        recycle(whole, inDoubt);
    }

    /**
     * Settles events that never came into a closed batch.
     *
     * @param uuids two halves for each event, perhaps with more behind them; stays the caller's
     * @param events how many
     */
    void settleLost(long[] uuids, int events, Outcome outcome, String reason) {
        counters.settle(outcome, events);
        tell(() -> LostEvents.ended(Arrays.copyOf(uuids, 2 * events), new Ending(outcome, reason)));
    }

    /** Log records are nobody's events, though a lane of events may send them from the spool. */
    private void tell(Batch batch, Supplier<SettledEvents> ended) {
        if (batch.cutter().protocol().carriesEvents()) {
            tell(ended);
        }
    }

    private void tell(Supplier<SettledEvents> ended) {
        if (wantsOutcomes()) {
            try {
                settlements.settled(ended.get());
            } catch (Throwable e) {
                messages.notTold(e);
            }
        }
    }

    private void recycle(Batch batch) {
        recycle(batch.body(), batch.isBodyInDoubt());
        if (!wantsOutcomes() && !spool.isOn()) {
            batch.giveBackIndex();
        }
    }

    /** What somebody may still read, or is told of, is left to the garbage collector. */
    void recycle(Body body, boolean inDoubt) {
        if (!inDoubt && !wantsOutcomes()) {
            storage.giveBack(body);
        }
    }

    private boolean wantsOutcomes() {
        return settlements != null && settlements.wantsOutcomes();
    }
}
