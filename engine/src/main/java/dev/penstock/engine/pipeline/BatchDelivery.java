package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.pipeline.OpenRequests.Answered;
import dev.penstock.engine.protocol.Attempt;
import dev.penstock.engine.protocol.Judgement;
import dev.penstock.engine.protocol.Verdict;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.Answer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Sees closed batches of all routes through to their outcomes: when each is sent, and what an answer makes of it.
 *
 * <p>A batch is in exactly one place: ready, on the wire ({@link OpenRequests}), waiting for a retry (by its timer's id), or
 * on its way to the disk ({@link BatchSpool}). Once it has an outcome it is the business of {@link Settler}; what is left to
 * the disk is that of {@link BatchKeeper}.
 *
 * <p><b>Threads:</b> only the pipeline thread.
 */
final class BatchDelivery {

    /** 4.2 ms: fine enough for deadlines and retries. */
    private static final long TICK_NS = 1 << 22;

    private static final int TICKS_PER_WHEEL = 1_024;
    private static final int TIMERS_PER_POLL = 64;

    private final DeliveryLimits limits;
    private final RetryPlanner planner;
    private final LaneCounters counters;
    private final DeliveryMessages messages;
    private final ByteWindow window;
    private final Settler settler;
    private final BatchKeeper keeper;
    private final Circuit circuit;

    /** Where this lane's own batches go. */
    private final Set<String> paths;

    private final RandomGenerator random;
    private final CoarseClock wallClock;

    private final ArrayDeque<Batch> ready = new ArrayDeque<>();
    private final Long2ObjectHashMap<Batch> waiting = new Long2ObjectHashMap<>();
    private final DeadlineTimerWheel timers;
    private final OpenRequests requests;

    private long nextFlushId;
    private long nowNs;

    BatchDelivery(Outlet outlet, Reports reports, Clocks clocks) {
        this.limits = outlet.limits();
        this.random = clocks.random();
        this.counters = reports.counters();
        this.messages = new DeliveryMessages(reports.errors());
        this.planner =
                new RetryPlanner(limits.retries().limits(), limits.retries().delays(random, messages));
        this.window = new ByteWindow(limits.maxBytes());
        BatchSpool spool = new BatchSpool(outlet.spooling());
        this.settler = new Settler(reports, messages, window, spool);
        this.circuit = outlet.circuit();
        this.paths = new HashSet<>();
        outlet.routes().forEach(route -> paths.add(route.protocol().path()));
        this.wallClock = clocks.wall();
        this.nowNs = clocks.monotonic().nanoTime();
        this.keeper = new BatchKeeper(outlet, spool, settler, window, counters, messages, nowNs);
        this.timers = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, nowNs, TICK_NS, TICKS_PER_WHEEL);
        this.requests = new OpenRequests(outlet.transport(), messages, timers, limits.requestTimeoutNs());
    }

    /** Batches closed from now on, on whatever route, have this id or a higher one. */
    long nextFlushId() {
        return nextFlushId;
    }

    /** The id of a batch that is closed now. */
    long takeFlushId() {
        return nextFlushId++;
    }

    /** Whether the byte window has room for more batches. */
    boolean hasRoom() {
        return window.hasRoom();
    }

    boolean isEmpty() {
        return ready.isEmpty() && requests.count() == 0 && waiting.isEmpty() && keeper.isEmpty();
    }

    /** Whether the disk may still take something that is over by now. */
    boolean isInDoubt() {
        return keeper.isInDoubt();
    }

    /** Whether what is left may be left to the disk. */
    boolean canKeep() {
        return keeper.isOn();
    }

    /** Whether the server is not asked now. */
    boolean isAway() {
        return circuit.isAway(nowNs);
    }

    /** An array for the next body. */
    byte[] takeStorage() {
        return settler.takeStorage();
    }

    /** Takes a batch over. */
    void add(Batch batch) {
        window.count(batch);
        try {
            if (!keeper.takes(batch, nowNs)) {
                ready.addLast(batch);
            }
        } catch (Throwable e) {
            giveUp(batch, e);
        }
    }

    /** Gives a batch up before its first try. */
    void refuse(Batch batch, String reason) {
        window.count(batch);
        settler.settle(batch, Outcome.REFUSED, reason);
    }

    /**
     * Gives up events that never came into a closed batch.
     *
     * @param uuids two halves for each event, perhaps with more behind them; stays the caller's
     * @param events how many
     */
    void giveUp(long[] uuids, int events, Outcome outcome, String reason) {
        settler.settleLost(uuids, events, outcome, reason);
    }

    /**
     * Does what is due: answers, deadlines and retries, then sends what the window has room for.
     *
     * @return how many answers and timers were handled
     */
    int doWork(long ns) {
        int work = takeAnswers(ns) + keeper.doWork(ready, ns);
        // The wheel turns one tick a poll; after a long turn of the pipeline it has several to catch up with.
        do {
            work += timers.poll(ns, this::onTimer, TIMERS_PER_POLL);
        } while (timers.currentTickTime() < ns && timers.timerCount() > 0);
        if (timers.timerCount() == 0) {
            timers.currentTickTime(ns);
        }
        if (keeper.isOn() && isAway()) {
            leaveIdle();
        }
        while (!ready.isEmpty() && mayBegin()) {
            send(ready.pollFirst());
        }
        keeper.askForMore(!ready.isEmpty(), ns);
        return work;
    }

    /** Leaves what waits while the server is away, in the order it was closed in; but not what the disk could not take. */
    private void leaveIdle() {
        List<Batch> idle = new ArrayList<>();
        ready.removeIf(batch -> canLeave(batch) && idle.add(batch));
        waiting.forEachLong((timer, batch) -> {
            if (canLeave(batch) && idle.add(batch)) {
                timers.cancelTimer(timer);
            }
        });
        waiting.values().removeIf(this::canLeave);
        idle.sort(Comparator.comparingLong(Batch::flushId));
        for (Batch batch : idle) {
            try {
                keeper.leaveWhileAway(batch, nowNs);
            } catch (Throwable e) {
                giveUp(batch, e);
            }
        }
    }

    private boolean canLeave(Batch batch) {
        return keeper.canLeave(batch, nowNs);
    }

    /** In order, a batch that waits for its retry holds up all behind it. */
    private boolean mayBegin() {
        int begun = limits.inOrder() ? requests.count() + waiting.size() : requests.count();
        return begun < limits.maxRequests() && circuit.allows(nowNs);
    }

    /**
     * Handles the answers that have come, and sends nothing.
     *
     * @return how many there were
     */
    int takeAnswers(long ns) {
        nowNs = ns;
        int work = 0;
        for (Answered next = requests.takeAnswered(); next != null; next = requests.takeAnswered()) {
            onAnswer(next);
            work++;
        }
        return work;
    }

    private void send(Batch batch) {
        try {
            sendNext(batch);
        } catch (Throwable e) {
            circuit.abandonProbe();
            giveUp(batch, e);
        }
    }

    /** What comes from the spool may be for another path of the server, whose troubles are not this lane's. */
    private boolean isOfThisLane(Batch batch) {
        return paths.contains(batch.cutter().protocol().path());
    }

    /**
     * Memory may end anywhere, and an encoder of the user's may throw whatever it likes: a batch that cannot be handled is
     * discarded, and counted, unless all of it is on disk.
     */
    private void giveUp(Batch batch, Throwable e) {
        requests.forget(batch);
        keeper.giveUp(batch, "could not be handled", nowNs);
        messages.abandoned(e);
    }

    private void sendNext(Batch batch) {
        String tooLate = planner.tooLate(batch, nowNs);
        if (tooLate != null) {
            keeper.rest(batch, tooLate, nowNs);
            return;
        }
        if (batch.budget().isSpent()) {
            settler.settle(batch, Outcome.REFUSED, RequestBudget.MAX_REQUESTS + " requests for one batch used up");
            return;
        }
        if (isOfThisLane(batch) && !circuit.tryBegin(nowNs)) {
            ready.addFirst(batch); // another lane was first
            return;
        }
        batch.budget().take(nowNs);
        batch.beginTry(nextAttempt(batch), nowNs);
        window.count(batch);
        counters.add(LaneCounters.Figure.REQUESTS, 1);
        counters.add(LaneCounters.Figure.WIRE_BYTES, batch.body().length());
        counters.add(LaneCounters.Figure.PLAIN_BYTES, batch.body().plainLength());
        if (batch.tries() > 1) {
            counters.add(LaneCounters.Figure.RETRIES, 1);
        }
        messages.sending(batch);
        requests.begin(batch, nowNs);
    }

    private Attempt nextAttempt(Batch batch) {
        long now = wallClock.millis();
        return batch.attempt() == null
                ? Attempt.first(RequestIds.next(random), now)
                : batch.attempt().next(now);
    }

    private boolean onTimer(TimeUnit unit, long now, long timerId) {
        Batch retry = waiting.remove(timerId);
        if (retry != null) {
            resume(retry);
        } else {
            onDeadline(timerId);
        }
        return true;
    }

    private void resume(Batch retry) {
        if (limits.inOrder()) {
            ready.addFirst(retry);
        } else {
            ready.addLast(retry);
        }
    }

    /** An answer whose body is still coming is an answer: cancelling brings it out. */
    private void onDeadline(long timerId) {
        long request = requests.cancelAtDeadline(timerId);
        takeAnswers(nowNs);
        Batch late = requests.giveUp(request);
        if (late != null) {
            counters.add(LaneCounters.Figure.TIMEOUTS, 1);
            failed(late, 0);
            try {
                retry(late, "no answer within " + limits.requestTimeoutNs() / 1_000_000 + " ms", 0);
            } catch (Throwable e) {
                giveUp(late, e);
            }
        }
    }

    private void onAnswer(Answered answered) {
        try {
            onAnswer(answered.batch(), answered.answer());
        } catch (Throwable e) {
            giveUp(answered.batch(), e);
        }
    }

    private void onAnswer(Batch batch, Answer answer) {
        String reason = answer.status() == 0 ? answer.failure() : "status " + answer.status();
        messages.answered(batch, reason);
        Verdict verdict = batch.cutter().protocol().verdict(answer.status());
        if (verdict == Verdict.RETRY) {
            failed(batch, answer.retryAfterMs());
        } else if (isOfThisLane(batch) && !isKeyRefused(batch, answer.status()) && circuit.succeeded()) {
            messages.back();
        }
        switch (verdict) {
            case DELIVERED -> settler.settle(batch, Outcome.DELIVERED, reason);
            case PER_EVENT -> onVerdicts(batch, answer);
            case RETRY -> retry(batch, reason, answer.retryAfterMs());
            case SPLIT -> split(batch, reason);
            case REFUSED -> refuse(batch, answer.status(), reason);
        }
    }

    private static boolean isKeyRefused(Batch batch, int status) {
        return batch.isStored() && (status == 401 || status == 403);
    }

    /** That a key is not accepted is no word on the events: what is on disk waits there for a better one. */
    private void refuse(Batch batch, int status, String reason) {
        messages.refused(status, batch.events());
        if (isKeyRefused(batch, status)) {
            failed(batch, 0);
            keeper.rest(batch, reason, nowNs);
        } else {
            settler.settle(batch, Outcome.REFUSED, reason);
        }
    }

    private void failed(Batch batch, long retryAfterMs) {
        if (isOfThisLane(batch) && circuit.failed(batch.tryBeganNs(), nowNs, retryAfterMs)) {
            counters.add(LaneCounters.Figure.CIRCUIT_OPENINGS, 1);
            messages.away(circuit.failures());
        }
    }

    private void onVerdicts(Batch batch, Answer answer) {
        List<Judgement> judgements = read(batch, answer);
        if (judgements == null) {
            counters.add(LaneCounters.Figure.UNREADABLE, batch.events());
            settler.settle(batch, Outcome.DELIVERED, "status " + answer.status() + ", verdicts not readable");
            return;
        }
        counters.count(judgements);
        JudgedEvents judged = new JudgedEvents(judgements);
        if (judged.dropped() > 0) {
            messages.dropped(judged);
        }
        if (judged.hasEnded()) {
            settler.settle(batch, judged);
        }
        if (judged.hasOpen()) {
            NextTry next = planner.next(batch, judged.retryReason(), answer.retryAfterMs(), false, nowNs);
            if (!next.isNone()) {
                messages.askedAgain(batch.events(), judged.retryReason());
            }
            follow(batch, next);
        }
    }

    /** One judgement for each event, or null: an answer that cannot be read asks for nothing. */
    private List<Judgement> read(Batch batch, Answer answer) {
        IOException unreadable = null;
        if (answer.body() != null) {
            try {
                return batch.cutter().protocol().verdicts().read(answer.body(), batch.uuids());
            } catch (IOException e) {
                unreadable = e;
            }
        }
        messages.unreadable(batch.events(), unreadable);
        return null;
    }

    private void retry(Batch batch, String reason, long retryAfterMs) {
        NextTry next = planner.next(batch, reason, retryAfterMs, circuit.isOpen(), nowNs);
        if (!next.isNone()) {
            messages.retrying(reason);
        }
        follow(batch, next);
    }

    /** Has a batch wait for its next try, or expire if there is none. */
    private void follow(Batch batch, NextTry next) {
        if (next.isNone()) {
            keeper.rest(batch, next.spent(), nowNs);
            return;
        }
        if (batch.open() != null) {
            settler.cutToOpen(batch);
        }
        waiting.put(timers.scheduleTimer(nowNs + next.delayNs()), batch);
    }

    private void split(Batch batch, String reason) {
        int events = batch.events();
        if (events == 1) {
            messages.singleRefused(reason);
            settler.settle(batch, Outcome.REFUSED, reason);
            return;
        }
        counters.add(LaneCounters.Figure.SPLITS, 1);
        List<Batch> halves = batch.cutter().halve(batch);
        batch.markSettled(); // its halves stand for it now
        window.release(batch);
        for (int i = halves.size() - 1; i >= 0; i--) {
            Batch half = halves.get(i);
            half.setLastFailure(reason);
            window.count(half);
            ready.addFirst(half);
        }
    }

    /** Takes no more from the spool: the client is closing. */
    void stopReplay() {
        keeper.stopReplay();
    }

    /**
     * Leaves everything to the disk, in the order it was closed in: cancels what is on the wire, where that brings out no
     * answer, and leaves it too.
     */
    void leaveAll() {
        requests.cancelAll();
        takeAnswers(nowNs);
        keeper.leaveEverything();
        List<Batch> all = new ArrayList<>(requests.count() + ready.size() + waiting.size());
        requests.giveUpAll(all::add);
        all.addAll(ready);
        ready.clear();
        all.addAll(waiting.values());
        waiting.clear();
        timers.clear();
        all.sort(Comparator.comparingLong(Batch::flushId));
        for (Batch batch : all) {
            try {
                keeper.keep(batch, 0, BatchKeeper.CLOSED, nowNs);
            } catch (Throwable e) {
                giveUp(batch, e);
            }
        }
    }

    /** From now on nothing more is stored or taken. */
    void stopKeeping() {
        keeper.stopKeeping();
    }

    /**
     * Gives up everything: cancels what is on the wire, where that brings out no answer, and discards it with the rest. What
     * the disk has begun to write is as the disk says.
     */
    void discardAll(long ns) {
        requests.cancelAll();
        takeAnswers(ns);
        keeper.doWork(ready, ns);
        requests.giveUpAll(this::discard);
        ready.forEach(this::discard);
        ready.clear();
        waiting.values().forEach(this::discard);
        waiting.clear();
        timers.clear();
        keeper.withdrawStoring(ns);
    }

    /** Once is enough: if memory ends in it, the next turn begins anew with what is still where it was. */
    private void discard(Batch batch) {
        keeper.giveUp(batch, BatchKeeper.CLOSED.reason(), nowNs);
    }

    /** Waits no longer for what the disk has begun to write. */
    void giveUpStoring() {
        keeper.giveUpStoring();
    }

    /** The lowest flush id that is not settled, or {@link Long#MAX_VALUE}. */
    long lowestUnsettled() {
        long lowest = Math.min(requests.lowestFlushId(), keeper.lowestFlushId());
        for (Batch batch : ready) {
            lowest = Math.min(lowest, batch.flushId());
        }
        for (Batch batch : waiting.values()) {
            lowest = Math.min(lowest, batch.flushId());
        }
        return lowest;
    }

    /** Gives back native memory. */
    void close() {
        keeper.close();
    }
}
