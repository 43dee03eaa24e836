package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.record.ShownText;
import dev.penstock.engine.ring.CaptureRing;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.stats.LaneSaturation;
import dev.penstock.engine.time.CoarseClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;

/**
 * The duty cycle of one lane: the single consumer of its ring, and the owner of everything behind it.
 *
 * <p>Why it is shaped so: it answers "no work" until enough events have gathered, and its idle strategy then parks. A
 * consumer that chases the producer moves a cache line between cores for every event: a publish costs 40 to 56 ns while
 * the consumer lags and 140 to 290 when it is chased. Nobody ever signals this thread. See {@code
 * docs/decisions/0002-wait-strategy.md}.
 *
 * <p><b>Threads:</b> {@link #doWork()} and {@link #onClose()} on the pipeline thread; {@link #flush} and {@link
 * #requestClose} from any.
 */
public final class PipelineAgent implements Agent {

    /**
     * How long its thread rests between two turns at most. What a turn finds has not waited longer unseen, unless the thread was
     * held up.
     */
    public static final long MAX_REST_NS = 2_000_000;

    /** Records read before the other duties get their turn. */
    private static final int POLL_LIMIT = 256;

    /** A ring with at least this many slots taken is worth going on for without a rest. */
    private static final int GATHERED = 256;

    private static final long REPORT_INTERVAL_NS = 100_000_000;

    /** The part of a close that is kept for the disk: a fifth, at most a second. */
    private static final long MAX_STORING_NS = 1_000_000_000;

    /** How long after the deadline of a close a disk that is slow is still given something to write. */
    private static final long STORING_GRACE_NS = 750_000_000;

    /** How long batches are still made of what is given up, for those who listen; a full ring takes a tenth of it. */
    private static final long MAX_BUILDING_NS = 1_000_000_000;

    /** How long after the deadline of a close, or after everything else is done, a disk is waited for that says nothing. */
    private static final long GIVE_UP_NS = 2_500_000_000L;

    private final String roleName;
    private final CaptureRing ring;
    private final CoarseClock wallClock;
    private final NanoClock nanoClock;
    private final BatchDelivery delivery;
    private final OpenBatches open;
    private final RecordDiscard ringDiscard;
    private final LaneCounters counters;
    private final DistinctErrors errors;
    private final Runnable conditions;
    private final LaneSaturation saturation;
    private final long lingerNs;
    private final Queue<FlushRequest> flushQueue = new ConcurrentLinkedQueue<>();
    private final List<FlushRequest> flushes = new ArrayList<>();
    private final AtomicLong turns = new AtomicLong();

    private volatile boolean closing;
    private volatile long closeDeadlineNs;

    /** When what is left goes to the disk, so that it is there at the deadline. */
    private volatile long leaveAtNs;

    private volatile boolean discarding;
    private volatile long discardedBefore;
    private volatile boolean ended;
    /** Whether it gives up what is left, and until when it makes batches of that. */
    private boolean building;

    private long buildUntilNs;

    /** Whether everything has its outcome or is on disk, and since when. */
    private boolean done;

    private long doneNs;

    /** When the ring was last looked into. */
    private long lookedNs;

    private long nextReportNs;

    /**
     * Makes the agent of a lane.
     *
     * @param roleName the lane's name, for its thread
     * @param ring the lane's ring
     * @param limits what closes a batch
     * @param outlet where batches go
     * @param reports where the lane tells what it did
     * @param clocks time and chance
     */
    public PipelineAgent(
            String roleName, CaptureRing ring, BatchLimits limits, Outlet outlet, Reports reports, Clocks clocks) {
        this.roleName = roleName;
        this.ring = ring;
        this.wallClock = clocks.wall();
        this.nanoClock = clocks.monotonic();
        this.counters = reports.counters();
        this.errors = reports.errors();
        this.conditions = reports.conditions();
        this.saturation = reports.saturation();
        this.lingerNs = limits.lingerNs();
        this.lookedNs = nanoClock.nanoTime();
        this.delivery = new BatchDelivery(outlet, reports, clocks);
        this.open = new OpenBatches(outlet.routes(), delivery, reports, limits);
        this.ringDiscard = new RecordDiscard(delivery, POLL_LIMIT);
    }

    @Override
    public String roleName() {
        return roleName;
    }

    /**
     * Asks for a flush; the request is told when it is done, or when the pipeline ends.
     *
     * @param request what to wait for
     */
    public void flush(FlushRequest request) {
        flushQueue.add(request);
    }

    /**
     * Asks the pipeline to finish what is accepted and to end. May be called again with an earlier deadline.
     *
     * @param deadlineNs when to discard the rest, on the agent's clock
     */
    public synchronized void requestClose(long deadlineNs) {
        if (!closing || deadlineNs - closeDeadlineNs < 0) {
            long left = Math.max(0, deadlineNs - nanoClock.nanoTime());
            leaveAtNs = deadlineNs - Math.min(MAX_STORING_NS, left / 5);
            closeDeadlineNs = deadlineNs;
        }
        if (!closing) {
            discardedBefore = counters.settled(Outcome.DISCARDED);
        }
        closing = true;
    }

    /** Asks the pipeline to give up what is in memory and to end; what is on disk stays there. */
    public void requestDiscard() {
        discarding = true;
        requestClose(nanoClock.nanoTime());
    }

    /**
     * Whether events were discarded since the close was asked for.
     *
     * @return true if some were
     */
    public boolean hasDiscarded() {
        return closing && counters.settled(Outcome.DISCARDED) > discardedBefore;
    }

    /**
     * Turns begun; stands still when the pipeline does.
     *
     * @return a count
     */
    public long turns() {
        return turns.getOpaque();
    }

    /**
     * How long until a batch has waited for company as long as it may. Only for the pipeline thread.
     *
     * @return nanoseconds, not above 0 if one is due; very many if none is open
     */
    public long untilDueNs() {
        return open.untilDueNs(lingerNs, nanoClock.nanoTime());
    }

    /**
     * Whether the pipeline has ended as it was asked to. One whose thread has ended otherwise can go on with another.
     *
     * @return true if it does no more turns
     */
    public boolean hasEnded() {
        return ended;
    }

    /** Ends a pipeline that was never started. */
    public void abandon() {
        ended = true;
        onClose();
    }

    @Override
    public int doWork() {
        turns.setOpaque(turns.getPlain() + 1);
        try {
            return turn();
        } catch (AgentTerminationException e) {
            throw e;
        } catch (Throwable e) {
            // One bad turn must not end the lane, and the application's code may throw checked exceptions undeclared.
            errors.warn("pipeline turn failed", "a turn of the pipeline failed and is skipped: " + ShownText.of(e), e);
            return 0;
        }
    }

    private int turn() {
        updateWallClock();
        // Before the ring is read: afterwards what was full for a moment would not show.
        saturation.look(ring.occupied());
        // Once, and before the time: a close that comes during this turn is left to the next, because it may be a
        // discard, which sends nothing.
        boolean isClosing = closing;
        boolean keeps = delivery.canKeep() && !discarding;
        long now = nanoClock.nanoTime();
        if (isClosing && now - closeDeadlineNs >= 0) {
            // Time is up: what has been answered counts, and nothing more is sent.
            boolean stores = keeps && now - closeDeadlineNs < STORING_GRACE_NS;
            if (!stores) {
                delivery.stopKeeping();
            }
            delivery.takeAnswers(now);
            endIfDone(now);
            if (!stores) {
                return discardTurn(now);
            }
        }
        if (isClosing) {
            leaveToDisk(keeps, now);
        }
        int work = delivery.doWork(now);
        if (delivery.hasRoom()) {
            // What is found now may have come right after the last look, and has waited since.
            open.setTime(now - Math.min(now - lookedNs, MAX_REST_NS));
            lookedNs = now;
            ring.poll(open.handler(), POLL_LIMIT);
        }
        open.sealOlderThan(isClosing && (isRingDrained() || now - leaveAtNs >= 0) ? 0 : lingerNs, now);
        advanceFlushes();
        delivery.doWork(now);
        if (now - nextReportNs >= 0) {
            nextReportNs = now + REPORT_INTERVAL_NS;
            conditions.run();
            errors.tryReport(now); // another lane may stand inside the logger
        }
        if (isClosing) {
            endIfDone(now);
        }
        return work + (delivery.hasRoom() && ring.occupied() >= GATHERED ? 1 : 0);
    }

    /** The clock may be the user's; if it fails, time stands still and the lane goes on. */
    private void updateWallClock() {
        try {
            wallClock.update();
        } catch (Throwable e) {
            errors.warn(
                    "clock failed", "the configured clock failed, so event times stand still: " + ShownText.of(e), e);
        }
    }

    private boolean isRingDrained() {
        return ring.consumedPosition() == ring.claimedPosition();
    }

    private void advanceFlushes() {
        for (FlushRequest request = flushQueue.poll(); request != null; request = flushQueue.poll()) {
            flushes.add(request);
        }
        if (flushes.isEmpty()) {
            return;
        }
        for (FlushRequest request : flushes) {
            if (!request.isSealed() && ring.consumedPosition() >= request.position()) {
                open.seal();
                request.sealed(delivery.nextFlushId());
            }
        }
        long lowest = delivery.lowestUnsettled();
        flushes.removeIf(request -> request.completeIfSettled(lowest));
        forgetAbandonedFlushes();
    }

    /** Of those that nobody waits for only the last matters: it closes what the others would have. */
    private void forgetAbandonedFlushes() {
        boolean later = false;
        for (int i = flushes.size() - 1; i >= 0; i--) {
            FlushRequest request = flushes.get(i);
            if (request.isAbandoned()) {
                if (later || request.isSealed()) {
                    flushes.remove(i);
                }
                later = true;
            }
        }
    }

    /** What the disk has begun to write of events that are over by now is waited for as well, to be acknowledged. */
    private void endIfDone(long now) {
        if (!(isRingDrained() && open.isEmpty() && delivery.isEmpty())) {
            done = false;
            return;
        }
        if (!done) {
            done = true;
            doneNs = now;
        }
        if (!delivery.isInDoubt() || now - doneNs >= GIVE_UP_NS) {
            throw end();
        }
    }

    private AgentTerminationException end() {
        ended = true;
        return new AgentTerminationException();
    }

    /** What waits for a server that is away has been left before. */
    private void leaveToDisk(boolean keeps, long now) {
        delivery.stopReplay();
        if (keeps && now - leaveAtNs >= 0) {
            delivery.leaveAll();
        }
    }

    /**
     * Gives up what is left, a part of it in each turn, until everything has its outcome. What may have to be waited for, but
     * not for ever: a disk that has begun to write something or is to give back what was asked of it, and whoever has claimed
     * a slot and not been run since.
     */
    private int discardTurn(long now) {
        if (!building) {
            building = true;
            buildUntilNs = now + MAX_BUILDING_NS;
        }
        int polled = now - buildUntilNs < 0 ? ring.poll(open.handler(), POLL_LIMIT) : ringDiscard.discard(ring);
        open.seal();
        delivery.discardAll(now);
        advanceFlushes();
        endIfDone(now);
        if (polled == 0 && now - closeDeadlineNs >= GIVE_UP_NS) {
            delivery.giveUpStoring();
            throw end();
        }
        return polled;
    }

    /** Comes also when the thread ends because somebody interrupted it; then another goes on with all that is here. */
    @Override
    public void onClose() {
        if (!ended) {
            return;
        }
        try {
            conditions.run();
        } catch (Throwable e) {
            errors.warn("pipeline turn failed", "the last report of the pipeline failed: " + ShownText.of(e), e);
        }
        errors.report(nanoClock.nanoTime());
        open.close();
        delivery.close();
        // Nothing more will happen to any event.
        flushes.addAll(flushQueue);
        flushes.forEach(FlushRequest::complete);
    }
}
