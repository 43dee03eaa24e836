package dev.penstock.engine.pipeline;

import dev.penstock.engine.encode.Body;
import dev.penstock.engine.protocol.Protocol;
import dev.penstock.engine.protocol.VerdictReader;
import dev.penstock.engine.transport.Answer;
import dev.penstock.engine.transport.BatchRequest;
import dev.penstock.engine.transport.BatchTransport;
import dev.penstock.engine.transport.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The requests on the wire, each with its deadline.
 *
 * <p>Answers come from the I/O thread through a queue; a request is ended by whoever takes it out of the table first, its
 * answer or its deadline, so no callback has to be trusted to come, or to come once.
 *
 * <p><b>Threads:</b> only the pipeline thread, but for the answers' queue.
 */
final class OpenRequests {

    private static final long NONE = -1;

    private final BatchTransport transport;
    private final DeliveryMessages messages;
    private final DeadlineTimerWheel timers;
    private final long timeoutNs;
    private final Long2ObjectHashMap<InFlight> inFlight = new Long2ObjectHashMap<>();
    private final Long2LongHashMap idByTimer = new Long2LongHashMap(NONE);
    private final Queue<ReceivedAnswer> answers = new ConcurrentLinkedQueue<>();

    private long nextId;

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

    private record ReceivedAnswer(long id, Answer answer) {}

    /**
     * What became of a request.
     *
     * @param batch what was sent
     * @param answer what came back
     */
    record Answered(Batch batch, Answer answer) {}

    OpenRequests(BatchTransport transport, DeliveryMessages messages, DeadlineTimerWheel timers, long timeoutNs) {
        this.transport = transport;
        this.messages = messages;
        this.timers = timers;
        this.timeoutNs = timeoutNs;
    }

    int count() {
        return inFlight.size();
    }

    /** Sends a batch as it is. */
    void begin(Batch batch, long nowNs) {
        long id = nextId++;
        InFlight flight = new InFlight(batch);
        flight.timerId = timers.scheduleTimer(nowNs + timeoutNs);
        idByTimer.put(flight.timerId, id);
        inFlight.put(id, flight);
        flight.exchange = send(batch, id);
    }

    /** A transport does not throw, but memory may end anywhere; the batch must still get its outcome. */
    private Exchange send(Batch batch, long id) {
        try {
            return transport.send(request(batch), answer -> answers.add(new ReceivedAnswer(id, answer)));
        } catch (Throwable e) {
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
        int maxAnswerBytes = protocol.verdicts() == null ? 0 : VerdictReader.maxBodyBytes(batch.events());
        return new BatchRequest(protocol.path(), headers, body.bytes(), body.length(), maxAnswerBytes);
    }

    /** Takes the next request that has been answered, or null if there is none. */
    Answered takeAnswered() {
        for (ReceivedAnswer next = answers.poll(); next != null; next = answers.poll()) {
            InFlight flight = inFlight.get(next.id());
            if (flight != null) { // else its deadline was first
                // A deadline that has just passed is not to be cancelled: its timer's id may be another timer's by now.
                if (idByTimer.remove(flight.timerId, next.id())) {
                    timers.cancelTimer(flight.timerId);
                }
                return new Answered(end(next.id()), next.answer());
            }
        }
        return null;
    }

    /** Takes a request off the table. What may still be read must not be changed. */
    private Batch end(long id) {
        InFlight flight = inFlight.remove(id);
        if (!flight.exchange.isBodyReleased()) {
            flight.batch.leaveBodyInDoubt();
        }
        return flight.batch;
    }

    /**
     * Cancels the request whose deadline this timer was. If its status has come already, that brings out its answer.
     *
     * @return what to {@link #giveUp} after the answers have been looked at; no request's if the timer was none's
     */
    long cancelAtDeadline(long timerId) {
        long id = idByTimer.remove(timerId);
        InFlight flight = inFlight.get(id);
        if (flight != null) {
            cancel(flight);
        }
        return id;
    }

    /** Cancelling does not throw, but memory may end anywhere; the batch must still get its outcome. */
    private void cancel(InFlight flight) {
        try {
            flight.exchange.cancel();
        } catch (Throwable e) {
            messages.notCancelled(e);
        }
    }

    /** Waits no longer for a request; null if it has ended. */
    Batch giveUp(long id) {
        return inFlight.containsKey(id) ? end(id) : null;
    }

    /** Forgets a batch that cannot be handled. */
    void forget(Batch batch) {
        inFlight.values().removeIf(flight -> flight.batch == batch);
    }

    /** Cancels all requests. For those whose status has come already, that brings out their answers. */
    void cancelAll() {
        inFlight.values().forEach(this::cancel);
    }

    /** Waits no longer for any request; those that the action does not come to are still there. */
    void giveUpAll(Consumer<Batch> given) {
        for (InFlight flight : inFlight.values()) {
            flight.batch.leaveBodyInDoubt();
            given.accept(flight.batch);
        }
        inFlight.clear();
        idByTimer.clear();
    }

    /** The lowest flush id on the wire, or {@link Long#MAX_VALUE}. */
    long lowestFlushId() {
        long lowest = Long.MAX_VALUE;
        for (InFlight flight : inFlight.values()) {
            lowest = Math.min(lowest, flight.batch.flushId());
        }
        return lowest;
    }
}
