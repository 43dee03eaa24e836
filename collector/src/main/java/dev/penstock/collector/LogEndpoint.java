package dev.penstock.collector;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The logs side of a {@link Collector}: what its logs route received, and how it fails.
 *
 * <pre>{@code
 * // ... use a client, then
 * collector.logs().awaitRecords(1, Duration.ofSeconds(5));
 * assertEquals("checkout failed", collector.logs().records().get(0).body());
 * }</pre>
 *
 * Nothing here is seen by ingestion: requests are counted apart and answers scripted apart. {@link Collector#reset()}
 * resets both.
 * <p>
 * <b>Threads:</b> any thread. Nothing but the {@code await} methods blocks, these for a bounded time.
 */
public final class LogEndpoint {
    private final LogState state;

    LogEndpoint(LogState state) {
        this.state = state;
    }

    // Scripted answers

    /**
     * Queues answers for the next log requests, one each, in the order their headers arrive. The queue goes before
     * conditions and the standing answer.
     *
     * @param answers what to do with them
     */
    public void answerNext(Answer... answers) {
        state.script().enqueue(List.of(answers));
    }

    /**
     * Sets the standing answer for log requests that nothing else is scripted for.
     *
     * @param answer what to do with them
     */
    public void answerAll(Answer answer) {
        state.script().always(Objects.requireNonNull(answer, "answer"));
    }

    /**
     * Answers requests of one kind differently until {@link #answerNormally()}; the first condition that holds decides. A
     * standing answer that acts before the body is read, or reads it slowly, goes before conditions.
     *
     * <pre>{@code
     * logs.answerWhen(request -> request.records().size() > 25, Answer.status(413));
     * }</pre>
     *
     * @param condition sees the request, its status still 0; called on a connection's thread, perhaps on several at once;
     *     if it throws, the answer is 500
     * @param answer what to do with them; must be one that reads the body at full speed
     * @throws IllegalArgumentException if the answer acts before the body has been read
     */
    public void answerWhen(Predicate<LogRequest> condition, Answer answer) {
        state.script().when(condition, answer);
    }

    /** Forgets the scripted answers. Requests that hang already go on hanging. */
    public void answerNormally() {
        state.script().clear();
    }

    /** Answers the log requests that hang now, as if they had just been read: records of valid ones then count. */
    public void release() {
        state.gate().release();
    }

    // What was received

    /**
     * The log records received and stored, in the order their requests were read. They are kept within the same bounds as
     * events, counted apart.
     *
     * @return an unmodifiable copy; empty in {@link CollectorMode#COUNT}
     */
    public List<ReceivedLogRecord> records() {
        return state.store().records();
    }

    /**
     * The log requests received and stored, refused and failed ones included, in the order they were read.
     *
     * @return an unmodifiable copy; empty in {@link CollectorMode#COUNT}
     */
    public List<LogRequest> requests() {
        return state.store().requests();
    }

    /**
     * Log records received, in either mode.
     *
     * @return 0 or more
     */
    public long recordCount() {
        return state.store().recordCount();
    }

    /**
     * Log requests received, in either mode, refused and failed ones included.
     *
     * @return 0 or more
     */
    public long requestCount() {
        return state.store().requestCount();
    }

    /**
     * Why log requests were invalid, in order. No reason shows a key.
     *
     * @return an unmodifiable copy of the first 1,000 reasons
     */
    public List<String> invalidReasons() {
        return state.store().reasons();
    }

    /**
     * Waits until this many log records count as received.
     *
     * @param count log records
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitRecords(int count, Duration atMost) {
        if (!state.store().await(() -> state.store().recordCount() >= count, atMost)) {
            throw missed(count + " log records", atMost);
        }
    }

    /**
     * Waits until this many log requests have been read.
     *
     * @param count requests, refused and failed ones included
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitRequests(int count, Duration atMost) {
        if (!state.store().await(() -> state.store().requestCount() >= count, atMost)) {
            throw missed(count + " log requests", atMost);
        }
    }

    private AssertionError missed(String what, Duration atMost) {
        return new AssertionError("expected " + what + " within " + atMost + ", but got " + recordCount()
                + " log records in " + requestCount() + " requests, invalid for " + invalidReasons());
    }
}
