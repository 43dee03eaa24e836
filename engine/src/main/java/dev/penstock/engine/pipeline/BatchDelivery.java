package dev.penstock.engine.pipeline;

import dev.penstock.client.Outcome;
import dev.penstock.engine.encode.Body;
import dev.penstock.engine.encode.BodyWriter;
import dev.penstock.engine.listener.ListenerThread;
import dev.penstock.engine.listener.SettledEvents;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.protocol.Verdict;
import dev.penstock.engine.stats.DistinctErrors;
import dev.penstock.engine.time.CoarseClock;
import dev.penstock.engine.transport.Answer;
import dev.penstock.engine.transport.BatchRequest;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Sees closed batches through to their outcomes: the in-flight window, deadlines, retries and splits.
 *
 * <p>A batch is in exactly one place: ready, in flight (by its exchange's id), or waiting for a retry (by its timer's
 * id). Answers come from the I/O thread through a queue; an exchange is settled by whoever takes it out of the in-flight
 * table first, its answer or its deadline, so no callback has to be trusted to come, or to come once.
 *
 * <p><b>Threads:</b> only the pipeline thread, but for the answers' queue.
 */
final class BatchDelivery {

    private static final int MAX_FREE_STORAGE = 16;

    /** What one large event took is not kept: small batches would fill the window with it. */
    private static final int MAX_FREE_BYTES = 256 * 1024;

    private static final int INITIAL_STORAGE = 16 * 1024;

    /** 4.2 ms: fine enough for deadlines and retries. */
    private static final long TICK_NS = 1 << 22;

    private static final int TICKS_PER_WHEEL = 1_024;
    private static final long NO_EXCHANGE = -1;
    private static final int TIMERS_PER_POLL = 64;

    private final Protocol protocol;
    private final BatchTransport transport;
    private final DeliveryLimits limits;
    private final RetrySchedule schedule;
    private final LaneCounters counters;
    private final DistinctErrors errors;
    private final ListenerThread listener;
    private final CoarseClock wallClock;
    private final Supplier<BodyWriter> bodyWriters;

    private final ArrayDeque<Batch> ready = new ArrayDeque<>();
    private final Long2ObjectHashMap<InFlight> inFlight = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Batch> waiting = new Long2ObjectHashMap<>();
    private final Long2LongHashMap exchangeByTimer = new Long2LongHashMap(NO_EXCHANGE);
    private final DeadlineTimerWheel timers;
    private final Queue<ReceivedAnswer> answers = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<byte[]> freeStorage = new ArrayDeque<>();

    /** Made when the first batch is split; the open batch has the lane's own. */
    private BodyWriter splitWriter;

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
        this.protocol = outlet.protocol();
        this.transport = outlet.transport();
        this.limits = outlet.limits();
        this.bodyWriters = outlet.bodyWriters();
        this.schedule = new RetrySchedule(limits.retryDelayMs(), clocks.random());
        this.counters = reports.counters();
        this.errors = reports.errors();
        this.listener = reports.listener();
        this.wallClock = clocks.wall();
        this.nowNs = clocks.monotonic().nanoTime();
        this.timers = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, nowNs, TICK_NS, TICKS_PER_WHEEL);
    }

    Protocol protocol() {
        return protocol;
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
        byte[] storage = freeStorage.poll();
        return storage != null ? storage : new byte[INITIAL_STORAGE];
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
        errors.warn("batch abandoned", "a batch could not be handled and its events are discarded: " + e, e);
        inFlight.values().removeIf(flight -> flight.batch == batch);
        settle(batch, Outcome.DISCARDED, "could not be handled");
    }

    private void sendNext(Batch batch) {
        if (!batch.budget().take()) {
            settle(batch, Outcome.REFUSED, RequestBudget.MAX_REQUESTS + " requests for one batch used up");
            return;
        }
        int heldBefore = batch.heldBytes();
        batch.beginTry(protocol.head(wallClock.millis()));
        heldBytes += batch.heldBytes() - heldBefore;
        counters.add(LaneCounters.Figure.REQUESTS, 1);
        counters.add(LaneCounters.Figure.WIRE_BYTES, batch.body().length());
        counters.add(LaneCounters.Figure.PLAIN_BYTES, batch.body().plainLength());
        if (batch.tries() > 1) {
            counters.add(LaneCounters.Figure.RETRIES, 1);
        }
        long id = nextExchangeId++;
        InFlight flight = new InFlight(batch);
        flight.timerId = timers.scheduleTimer(nowNs + limits.requestTimeoutNs());
        exchangeByTimer.put(flight.timerId, id);
        inFlight.put(id, flight);
        flight.exchange = begin(batch.body(), id);
    }

    /** A transport does not throw, but memory may end anywhere; the batch must still get its outcome. */
    private Exchange begin(Body body, long id) {
        try {
            return transport.send(
                    new BatchRequest(protocol.path(), protocol.headers(), body.bytes(), body.length()),
                    answer -> answers.add(new ReceivedAnswer(id, answer)));
        } catch (RuntimeException | Error e) {
            errors.warn("transport failed", "a request could not be started: " + e, e);
            answers.add(new ReceivedAnswer(id, Answer.failed("request could not be started")));
            return NOT_BEGUN;
        }
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
        Verdict verdict = protocol.verdict(answer.status());
        switch (verdict) {
            case DELIVERED -> settle(batch, Outcome.DELIVERED, reason);
            case RETRY -> retry(batch, reason, answer.retryAfterMs());
            case SPLIT -> split(batch, reason);
            case REFUSED -> {
                explain(answer.status(), batch.events());
                settle(batch, Outcome.REFUSED, reason);
            }
        }
    }

    private static void leaveInDoubtUnlessReleased(InFlight flight) {
        if (!flight.exchange.isBodyReleased()) {
            flight.batch.leaveBodyInDoubt();
        }
    }

    private void explain(int status, int events) {
        String message = status == 401
                ? "the server answered 401: the project API key is wrong or belongs to another host; check apiKey and host"
                : "the server refused a batch for good with status " + status;
        errors.note(System.Logger.Level.WARNING, "refused with status " + status, events, message, null);
    }

    private void retry(Batch batch, String reason, long retryAfterMs) {
        if (batch.tries() > limits.maxRetries()) {
            String spent = limits.maxRetries() + " retries used up, last: " + reason;
            errors.note(
                    System.Logger.Level.WARNING,
                    "expired",
                    batch.events(),
                    "events could not be delivered and are given up: " + spent,
                    null);
            settle(batch, Outcome.EXPIRED, spent);
            return;
        }
        errors.note(
                System.Logger.Level.WARNING, "retry", 1, "a request failed and will be tried again: " + reason, null);
        long delayMs = schedule.delayMs(batch.tries(), retryAfterMs);
        waiting.put(timers.scheduleTimer(nowNs + TimeUnit.MILLISECONDS.toNanos(delayMs)), batch);
    }

    private void split(Batch batch, String reason) {
        int events = batch.events();
        if (events == 1) {
            errors.note(
                    System.Logger.Level.WARNING,
                    "single event refused: " + reason,
                    1,
                    "the server refused a single event with " + reason,
                    null);
            settle(batch, Outcome.REFUSED, reason);
            return;
        }
        counters.add(LaneCounters.Figure.SPLITS, 1);
        byte[] json = batch.body().readEvents();
        Batch second = part(batch, json, events / 2, events);
        Batch first = part(batch, json, 0, events / 2);
        batch.markSettled(); // its halves stand for it now
        heldBytes -= batch.heldBytes();
        heldBytes += first.heldBytes() + second.heldBytes();
        ready.addFirst(second);
        ready.addFirst(first);
    }

    private Batch part(Batch whole, byte[] json, int from, int to) {
        if (splitWriter == null) {
            splitWriter = bodyWriters.get();
        }
        BodyWriter writer = splitWriter;
        int[] starts = new int[to - from + 1];
        long[] uuids = new long[2 * (to - from)];
        int begin = whole.starts()[from];
        for (int i = from; i <= to; i++) {
            starts[i - from] = whole.starts()[i] - begin;
        }
        System.arraycopy(whole.uuids(), 2 * from, uuids, 0, uuids.length);
        writer.begin(new byte[INITIAL_STORAGE], protocol.headLength());
        writer.append(json, begin, starts[to - from] - 1); // without the comma behind it
        writer.append(protocol.tail(), 0, protocol.tail().length);
        return new Batch(whole.flushId(), whole.budget(), writer.finish(), starts, uuids);
    }

    private void settle(Batch batch, Outcome outcome, String reason) {
        if (!batch.markSettled()) {
            return;
        }
        heldBytes -= batch.heldBytes();
        counters.settle(outcome, batch.events());
        counters.add(LaneCounters.Figure.IN_FLIGHT_EVENTS, -batch.events());
        if (listener != null && listener.wantsOutcomes()) {
            listener.settled(new SettledEvents(batch.body(), batch.starts(), batch.uuids(), outcome, reason));
        } else if (!batch.isBodyInDoubt()
                && batch.body().bytes().length <= MAX_FREE_BYTES
                && freeStorage.size() < MAX_FREE_STORAGE) {
            freeStorage.add(batch.body().bytes());
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

    /** Gives back native memory. */
    void close() {
        if (splitWriter != null) {
            splitWriter.close();
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
