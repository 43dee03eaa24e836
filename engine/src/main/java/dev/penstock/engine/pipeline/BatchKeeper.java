package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.pipeline.BatchSpool.StoredBatch;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Decides which batches go to the disk, and when the lane takes them back.
 *
 * <p>With a spool, a batch whose tries are used up does not expire: it is left, which means that its memory is given up
 * and its record is taken again later. Without one, nothing here does anything.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class BatchKeeper {

    /** How long a batch rests whose tries are used up while others get through, or that the disk could not take. */
    private static final long REST_NS = TimeUnit.SECONDS.toNanos(30);

    /** How what is still there at the close ends if it cannot be stored. */
    static final Ending CLOSED = new Ending(Outcome.DISCARDED, "client closed before delivery");

    private static final long AFTER_PROBE_NS = TimeUnit.SECONDS.toNanos(2);

    /** How long the disk may keep a batch waiting. */
    private static final long STORING_LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

    private final BatchSpool spool;
    private final SpoolReplay replay;
    private final Settler settler;
    private final ByteWindow window;
    private final Circuit circuit;
    private final LaneCounters counters;
    private final DeliveryMessages messages;

    private boolean closing;

    /** Whether nothing more is stored. */
    private boolean ending;

    BatchKeeper(
            Outlet outlet,
            BatchSpool spool,
            Settler settler,
            ByteWindow window,
            LaneCounters counters,
            DeliveryMessages messages,
            long nowNs) {
        this.counters = counters;
        this.spool = spool;
        this.settler = settler;
        this.window = window;
        this.circuit = outlet.circuit();
        this.messages = messages;
        this.replay = new SpoolReplay(
                outlet.spooling(), spool, counters, messages, outlet.limits().maxRequests(), nowNs);
    }

    /** Whether there is a disk to leave batches to. */
    boolean isOn() {
        return spool.isOn();
    }

    /** True if a batch that was closed now is stored before anything else happens to it. */
    boolean takes(Batch closed, long nowNs) {
        if (!spool.isOn() || ending) {
            return false;
        }
        if (closing) {
            keep(closed, 0, CLOSED, nowNs);
            return true;
        }
        if (spool.isHanging()) {
            if (spool.isAlways()) {
                counters.add(LaneCounters.Figure.UNKEPT_EVENTS, closed.events());
            }
            return false;
        }
        if (!spool.isAlways() && !isCrowded(nowNs)) {
            return false;
        }
        spool.store(closed, spool.isAlways() ? StoragePlan.SEND : StoragePlan.SPILL, nowNs);
        return true;
    }

    /** Whether memory is no good place to wait in. */
    private boolean isCrowded(long nowNs) {
        return window.isHalfFull() || circuit.isAway(nowNs);
    }

    /** Leaves a batch whose tries are used up, or expires it if there is no disk, or the disk cannot take it. */
    void rest(Batch batch, String spent, long nowNs) {
        Ending expired = new Ending(Outcome.EXPIRED, spent);
        if (!spool.isOn()) {
            end(batch, expired);
            return;
        }
        if (!ending) {
            messages.resting(batch.events(), spent);
        }
        keep(batch, REST_NS, expired, nowNs);
    }

    private void end(Batch batch, Ending ending) {
        messages.expired(batch.events(), ending.reason());
        settler.settle(batch, ending.outcome(), ending.reason());
    }

    /**
     * Gives up a batch that cannot be handled, or for which there is no time. One that is on disk as it is stays there; one
     * that the disk may be writing is as the disk says. The rest is discarded, with the record that it is a part of.
     */
    void giveUp(Batch batch, String reason, long nowNs) {
        if (batch.isOpen() && batch.isWholeRecord()) {
            leave(batch, REST_NS);
        } else if (!ending || !spool.awaitAgain(batch, StoragePlan.SPILL, nowNs)) {
            settler.settle(batch, Outcome.DISCARDED, reason);
        }
    }

    /** Whether a batch need not wait in memory: it is on disk, or the disk may be asked to take it. */
    boolean canLeave(Batch batch, long nowNs) {
        return batch.isWholeRecord() || !(batch.isUnkept(nowNs) || spool.isHanging());
    }

    /**
     * Leaves what need not wait in memory for a server that is away. What has been tried is not the next to be taken: a
     * batch that fails by its own fault must not be the only one that ever probes.
     */
    void leaveWhileAway(Batch batch, long nowNs) {
        keep(batch, batch.tries() == 0 ? 0 : circuit.waitNs(nowNs) + AFTER_PROBE_NS, null, nowNs);
    }

    /**
     * Leaves a batch, which is stored first if it is not; {@code otherwise} as in {@link StoragePlan}, and how it ends if
     * nothing is stored any more.
     */
    void keep(Batch batch, long delayNs, Ending otherwise, long nowNs) {
        StoragePlan plan = new StoragePlan(true, delayNs, otherwise);
        if (batch.isWholeRecord()) {
            leave(batch, delayNs);
        } else if (spool.awaitAgain(batch, plan, nowNs)) {
            // goes on when the disk has answered
        } else if (ending) {
            end(batch, otherwise == null ? CLOSED : otherwise);
        } else {
            if (batch.open() != null) {
                settler.cutToOpen(batch);
            }
            spool.store(batch, plan, nowNs);
        }
    }

    private void leave(Batch batch, long delayNs) {
        if (batch.isOpen()) {
            spool.leave(batch.ticket(), delayNs); // pending there before it is not pending here
            settler.forget(batch);
        }
    }

    /**
     * Handles what the spool has said, and takes from it what there is room for.
     *
     * @param ready gets what is to be sent
     * @param nowNs the time
     * @return how many batches were handled
     */
    int doWork(Deque<Batch> ready, long nowNs) {
        int work = takeStored(ready, nowNs);
        spool.withdrawNeedless();
        if (!closing && !ending) {
            work += goOnWithoutDisk(ready, nowNs);
        }
        return work + takeReplays(ready);
    }

    /** Handles what the spool has said of batches. */
    private int takeStored(Deque<Batch> ready, long nowNs) {
        int taken = 0;
        for (StoredBatch next = spool.takeStored(); next != null; next = spool.takeStored()) {
            handleStored(next, ready, nowNs);
            taken++;
        }
        return taken;
    }

    /** In front, in order: there are several only when no live batch waits, and else it is the one of this second. */
    private int takeReplays(Deque<Batch> ready) {
        Batch next = replay.next();
        if (next == null) {
            return 0;
        }
        List<Batch> replays = new ArrayList<>();
        for (; next != null; next = replay.next()) {
            window.count(next);
            replays.add(next);
        }
        for (int i = replays.size() - 1; i >= 0; i--) {
            ready.addFirst(replays.get(i));
        }
        return replays.size();
    }

    private int goOnWithoutDisk(Deque<Batch> ready, long nowNs) {
        int overdue = 0;
        long sinceNs = nowNs - STORING_LIMIT_NS;
        for (StoredBatch next = spool.takeOverdue(sinceNs); next != null; next = spool.takeOverdue(sinceNs)) {
            counters.add(LaneCounters.Figure.UNKEPT_EVENTS, next.batch().events());
            handleStored(next, ready, nowNs);
            overdue++;
        }
        if (overdue > 0) {
            messages.diskHangs();
        }
        return overdue;
    }

    /** Memory may end anywhere; the batch must still come to something. */
    private void handleStored(StoredBatch stored, Deque<Batch> ready, long nowNs) {
        try {
            onStored(stored, ready, nowNs);
        } catch (Throwable e) {
            giveUp(stored.batch(), "could not be handled", nowNs);
            messages.abandoned(e);
        }
    }

    private void onStored(StoredBatch stored, Deque<Batch> ready, long nowNs) {
        Batch batch = stored.batch();
        StoragePlan plan = stored.plan();
        if (stored.failure() == null) {
            spool.settle(stored.before(), batch.events()); // its events stand in a record of their own now
            if (plan.leaves() || closing || ending || isCrowded(nowNs)) {
                leave(batch, plan.delayNs());
            } else {
                ready.add(batch);
            }
            return;
        }
        Ending otherwise = (closing || ending) && plan.otherwise() == null ? CLOSED : plan.otherwise();
        if (otherwise == null) {
            batch.markUnkept(nowNs + REST_NS);
            ready.add(batch);
        } else {
            end(batch, new Ending(otherwise.outcome(), otherwise.reason() + "; not kept: " + stored.failure()));
        }
    }

    /** Asks for more, if the server can be asked and memory has room. */
    void askForMore(boolean liveWaits, long nowNs) {
        if (replay.wants(nowNs, liveWaits) && window.hasRoom() && !circuit.isAway(nowNs)) {
            replay.ask(nowNs);
        }
    }

    /** Takes no more from the spool. */
    void stopReplay() {
        replay.stop();
    }

    /** From now on nothing more is stored or taken. */
    void stopKeeping() {
        replay.stop();
        ending = true;
    }

    /** From now on everything is left. */
    void leaveEverything() {
        replay.stop();
        closing = true;
    }

    /** Whether there is no batch here, and none on its way from the disk. */
    boolean isEmpty() {
        return spool.isEmpty() && replay.isIdle();
    }

    /** Whether the disk may still take something that is over by now. */
    boolean isInDoubt() {
        return spool.isInDoubt();
    }

    long lowestFlushId() {
        return spool.lowestFlushId();
    }

    /** Gives up what is to be stored and not begun. */
    void withdrawStoring(long nowNs) {
        spool.withdrawAll(batch -> giveUp(batch, CLOSED.reason(), nowNs));
        spool.withdrawNeedless();
    }

    /** Waits no longer for the disk: what it has begun to write may be there all the same. */
    void giveUpStoring() {
        String reason = CLOSED.reason() + "; the disk does not answer";
        spool.giveUpAll(batch -> settler.settle(batch, Outcome.DISCARDED, reason));
    }

    /** Gives back native memory. */
    void close() {
        replay.close();
    }
}
