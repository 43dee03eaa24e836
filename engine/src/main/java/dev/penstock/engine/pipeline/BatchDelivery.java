package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.Body;
import dev.penstock.engine.listener.Ending;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.listener.SettlementSink;
import dev.penstock.engine.protocol.Attempt;
import dev.penstock.engine.protocol.Judgement;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.protocol.VerdictReader;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.Answer;
import dev.penstock.engine.transport.BatchRequest;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.Exchange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Sees closed batches of all routes through to their outcomes: the in-flight window, deadlines, retries and splits.
 *
 * <p>A batch is in exactly one place: ready, in flight (by its exchange's id), or waiting for a retry (by its timer's
 * id). Answers come from the I/O thread through a queue; an exchange is settled by whoever takes it out of the in-flight
 * table first, its answer or its deadline, so no callback has to be trusted to come, or to come once.
 *
 * <p><b>Threads:</b> only the pipeline thread, but for the answers' queue.
 */
final class BatchDelivery {

    /** 4.2 ms: fine enough for deadlines and retries. */
    private static final long TICK_NS = 1 << 22;

    private static final int TICKS_PER_WHEEL = 1_024;
    private static final long NO_EXCHANGE = -1;
    private static final int TIMERS_PER_POLL = 64;

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final BatchTransport transport;
    private final DeliveryLimits limits;
    private final RetrySchedule schedule;
    private final LaneCounters counters;
    private final DeliveryMessages messages;
    private final SettlementSink settlements;
    private final RandomGenerator random;
    private final CoarseClock wallClock;

    private final ArrayDeque<Batch> ready = new ArrayDeque<>();
    private final Long2ObjectHashMap<InFlight> inFlight = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Batch> waiting = new Long2ObjectHashMap<>();
    private final Long2LongHashMap exchangeByTimer = new Long2LongHashMap(NO_EXCHANGE);
    private final DeadlineTimerWheel timers;
    private final Queue<ReceivedAnswer> answers = new ConcurrentLinkedQueue<>();
    private final BodyStorage storage = new BodyStorage();

    private long nextFlushId;
    private long nextExchangeId;
    private long heldBytes;
    private long nowNs;

    /** A request on the wire. */
    private static final class InFlight {
        private final Batch batch;
        private long timerId;
        private Exchange exchange;

        InFlight(Batch batch) {
            this.batch = batch;
        }
    }

    /** Stands for a request that never began. */
    private static final Exchange NOT_BEGUN = new Exchange() {
        @Override
        public void cancel() {
            // nothing to cancel
        }

        @Override
        public boolean isBodyReleased() {
            return false;
        }
    };

    private record ReceivedAnswer(long exchangeId, Answer answer) {}

    BatchDelivery(Outlet outlet, Reports reports, Clocks clocks) {
        this.transport = outlet.transport();
        this.limits = outlet.limits();
        this.random = clocks.random();
        this.schedule = new RetrySchedule(limits.retryDelayMs(), random);
        this.counters = reports.counters();
        this.messages = new DeliveryMessages(reports.errors());
        this.settlements = reports.settlements();
        this.wallClock = clocks.wall();
        this.nowNs = clocks.monotonic().nanoTime();
        this.timers = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, nowNs, TICK_NS, TICKS_PER_WHEEL);
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
        return heldBytes < limits.maxBytes();
    }

    boolean isEmpty() {
        return ready.isEmpty() && inFlight.isEmpty() && waiting.isEmpty();
    }

    /** An array for the next body. */
    byte[] takeStorage() {
        return storage.take();
    }

    /** Takes a batch over. */
    void add(Batch batch) {
        heldBytes += batch.heldBytes();
        ready.addLast(batch);
    }

    /** Gives a batch up before its first try. */
    void refuse(Batch batch, String reason) {
        heldBytes += batch.heldBytes();
        settle(batch, Outcome.REFUSED, reason);
    }

    /**
     * Does what is due: answers, deadlines and retries, then sends what the window has room for.
     *
     * @return how many answers and timers were handled
     */
    int doWork(long ns) {
        int work = takeAnswers(ns);
        // The wheel turns one tick a poll; after a long turn of the pipeline it has several to catch up with.
        do {
            work += timers.poll(ns, this::onTimer, TIMERS_PER_POLL);
        } while (timers.currentTickTime() < ns && timers.timerCount() > 0);
        if (timers.timerCount() == 0) {
            timers.currentTickTime(ns);
        }
        while (!ready.isEmpty() && inFlight.size() < limits.maxRequests()) {
            send(ready.pollFirst());
        }
        return work;
    }

    /**
     * Handles the answers that have come, and sends nothing.
     *
     * @return how many there were
     */
    int takeAnswers(long ns) {
        nowNs = ns;
        int work = 0;
        for (ReceivedAnswer received = answers.poll(); received != null; received = answers.poll()) {
            onAnswer(received);
            work++;
        }
        return work;
    }

    private void send(Batch batch) {
        try {
            sendNext(batch);
        } catch (RuntimeException | Error e) {
            giveUp(batch, e);
        }
    }

    /** Memory may end anywhere: a batch that cannot be handled is discarded, and counted. */
    private void giveUp(Batch batch, Throwable e) {
        messages.abandoned(e);
        inFlight.values().removeIf(flight -> flight.batch == batch);
        settle(batch, Outcome.DISCARDED, "could not be handled");
    }

    private void sendNext(Batch batch) {
        if (!batch.budget().take()) {
            settle(batch, Outcome.REFUSED, RequestBudget.MAX_REQUESTS + " requests for one batch used up");
            return;
        }
        int heldBefore = batch.heldBytes();
        batch.beginTry(nextAttempt(batch));
        heldBytes += batch.heldBytes() - heldBefore;
        counters.add(LaneCounters.Figure.REQUESTS, 1);
        counters.add(LaneCounters.Figure.WIRE_BYTES, batch.body().length());
        counters.add(LaneCounters.Figure.PLAIN_BYTES, batch.body().plainLength());
        if (batch.tries() > 1) {
            counters.add(LaneCounters.Figure.RETRIES, 1);
        }
        messages.sending(batch);
        long id = nextExchangeId++;
        InFlight flight = new InFlight(batch);
        flight.timerId = timers.scheduleTimer(nowNs + limits.requestTimeoutNs());
        exchangeByTimer.put(flight.timerId, id);
        inFlight.put(id, flight);
        flight.exchange = begin(batch, id);
    }

    private Attempt nextAttempt(Batch batch) {
        long now = wallClock.millis();
        return batch.attempt() == null
                ? Attempt.first(RequestIds.next(random), now)
                : batch.attempt().next(now);
    }

    /** A transport does not throw, but memory may end anywhere; the batch must still get its outcome. */
    private Exchange begin(Batch batch, long id) {
        try {
            return transport.send(request(batch), answer -> answers.add(new ReceivedAnswer(id, answer)));
        } catch (RuntimeException | Error e) {
            messages.notStarted(e);
            answers.add(new ReceivedAnswer(id, Answer.failed("request could not be started")));
            return NOT_BEGUN;
        }
    }

    private static BatchRequest request(Batch batch) {
        Protocol protocol = batch.cutter().protocol();
        Body body = batch.body();
        Map<String, String> headers = protocol.headers(batch.attempt());
        if (body.contentEncoding() != null) {
            headers = new LinkedHashMap<>(headers);
            headers.put("Content-Encoding", body.contentEncoding());
        }
        int maxAnswerBytes = protocol.verdicts() == null ? 0 : VerdictReader.MAX_BODY_BYTES;
        return new BatchRequest(protocol.path(), headers, body.bytes(), body.length(), maxAnswerBytes);
    }

    private boolean onTimer(TimeUnit unit, long now, long timerId) {
        Batch retry = waiting.remove(timerId);
        if (retry != null) {
            ready.addLast(retry);
            return true;
        }
        long exchangeId = exchangeByTimer.remove(timerId);
        InFlight flight = inFlight.get(exchangeId);
        if (flight != null) {
            try {
                onDeadline(exchangeId, flight);
            } catch (RuntimeException | Error e) {
                giveUp(flight.batch, e);
            }
        }
        return true;
    }

    /** An answer whose body is still coming is an answer: cancelling brings it out. */
    private void onDeadline(long exchangeId, InFlight flight) {
        flight.exchange.cancel();
        takeAnswers(nowNs);
        if (inFlight.remove(exchangeId) != null) {
            leaveInDoubtUnlessReleased(flight);
            counters.add(LaneCounters.Figure.TIMEOUTS, 1);
            retry(flight.batch, "no answer within " + limits.requestTimeoutNs() / 1_000_000 + " ms", 0);
        }
    }

    private void onAnswer(ReceivedAnswer received) {
        InFlight flight = inFlight.remove(received.exchangeId());
        if (flight == null) {
            return; // its deadline was first
        }
        timers.cancelTimer(flight.timerId);
        exchangeByTimer.remove(flight.timerId);
        try {
            leaveInDoubtUnlessReleased(flight);
            onAnswer(flight.batch, received.answer());
        } catch (RuntimeException | Error e) {
            giveUp(flight.batch, e);
        }
    }

    private void onAnswer(Batch batch, Answer answer) {
        String reason = answer.status() == 0 ? answer.failure() : "status " + answer.status();
        messages.answered(batch, reason);
        switch (batch.cutter().protocol().verdict(answer.status())) {
            case DELIVERED -> settle(batch, Outcome.DELIVERED, reason);
            case PER_EVENT -> onVerdicts(batch, answer);
            case RETRY -> retry(batch, reason, answer.retryAfterMs());
            case SPLIT -> split(batch, reason);
            case REFUSED -> {
                messages.refused(answer.status(), batch.events());
                settle(batch, Outcome.REFUSED, reason);
            }
        }
    }

    private void onVerdicts(Batch batch, Answer answer) {
        List<Judgement> judgements = read(batch, answer);
        if (judgements == null) {
            counters.add(LaneCounters.Figure.UNREADABLE, batch.events());
            settle(batch, Outcome.DELIVERED, "status " + answer.status() + ", verdicts not readable");
            return;
        }
        counters.count(judgements);
        JudgedEvents judged = new JudgedEvents(judgements);
        if (judged.dropped() > 0) {
            messages.dropped(judged);
        }
        if (judged.hasEnded()) {
            settle(batch, judged);
        }
        if (judged.hasOpen()) {
            retry(batch, judged.retryReason(), answer.retryAfterMs());
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

    private static void leaveInDoubtUnlessReleased(InFlight flight) {
        if (!flight.exchange.isBodyReleased()) {
            flight.batch.leaveBodyInDoubt();
        }
    }

    private void retry(Batch batch, String reason, long retryAfterMs) {
        if (batch.tries() > limits.maxRetries()) {
            String spent = limits.maxRetries() + " retries used up, last: " + reason;
            messages.expired(batch.events(), spent);
            settle(batch, Outcome.EXPIRED, spent);
            return;
        }
        messages.retrying(reason);
        if (batch.open() != null) {
            cutToOpen(batch);
        }
        long delayMs = schedule.delayMs(batch.tries(), retryAfterMs);
        waiting.put(timers.scheduleTimer(nowNs + TimeUnit.MILLISECONDS.toNanos(delayMs)), batch);
    }

    private void cutToOpen(Batch batch) {
        int heldBefore = batch.heldBytes();
        Body whole = batch.body();
        boolean inDoubt = batch.isBodyInDoubt();
        batch.cutter().cutToOpen(batch);
        heldBytes += batch.heldBytes() - heldBefore;
        recycle(whole, inDoubt);
    }

    private void split(Batch batch, String reason) {
        int events = batch.events();
        if (events == 1) {
            messages.singleRefused(reason);
            settle(batch, Outcome.REFUSED, reason);
            return;
        }
        counters.add(LaneCounters.Figure.SPLITS, 1);
        List<Batch> halves = batch.cutter().halve(batch);
        batch.markSettled(); // its halves stand for it now
        heldBytes -= batch.heldBytes();
        for (int i = halves.size() - 1; i >= 0; i--) {
            heldBytes += halves.get(i).heldBytes();
            ready.addFirst(halves.get(i));
        }
    }

    /** Settles whatever of a batch is open. */
    private void settle(Batch batch, Outcome outcome, String reason) {
        if (batch.markSettled()) {
            heldBytes -= batch.heldBytes();
            tell(batch.endOpen(new Ending(outcome, reason)));
            recycle(batch.body(), batch.isBodyInDoubt());
        }
    }

    /** Settles what has been judged; the batch goes on with the rest, if there is one. */
    private void settle(Batch batch, JudgedEvents judged) {
        SettledEvents ended = batch.endSome(judged.ended(), judged.endings(), judged.open());
        if (!judged.hasOpen()) {
            batch.markSettled();
            heldBytes -= batch.heldBytes();
        }
        tell(ended);
        if (!judged.hasOpen()) {
            recycle(batch.body(), batch.isBodyInDoubt());
        }
    }

    /** Where every outcome of a closed batch passes. */
    private void tell(SettledEvents events) {
        for (Outcome outcome : OUTCOMES) {
            counters.settle(outcome, events.count(outcome));
        }
        counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, -events.count());
        if (wantsOutcomes()) {
            settlements.settled(events);
        }
    }

    private boolean wantsOutcomes() {
        return settlements != null && settlements.wantsOutcomes();
    }

    private void recycle(Body body, boolean inDoubt) {
        if (!inDoubt && !wantsOutcomes()) {
            storage.giveBack(body);
        }
    }

    /** Gives up everything: cancels what is on the wire and discards it with the rest. */
    void discardAll(String reason) {
        List<Batch> all = new ArrayList<>(ready);
        ready.clear();
        for (InFlight flight : inFlight.values()) {
            flight.exchange.cancel();
            flight.batch.leaveBodyInDoubt();
            all.add(flight.batch);
        }
        inFlight.clear();
        all.addAll(waiting.values());
        waiting.clear();
        timers.clear();
        exchangeByTimer.clear();
        for (Batch batch : all) {
            settle(batch, Outcome.DISCARDED, reason);
        }
    }

    /** The lowest flush id that is not settled, or {@link Long#MAX_VALUE}. */
    long lowestUnsettled() {
        long lowest = Long.MAX_VALUE;
        for (Batch batch : ready) {
            lowest = Math.min(lowest, batch.flushId());
        }
        for (InFlight flight : inFlight.values()) {
            lowest = Math.min(lowest, flight.batch.flushId());
        }
        for (Batch batch : waiting.values()) {
            lowest = Math.min(lowest, batch.flushId());
        }
        return lowest;
    }
}
