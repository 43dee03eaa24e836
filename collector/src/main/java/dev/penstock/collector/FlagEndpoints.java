package dev.penstock.collector;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The flag side of a {@link Collector}: what its flag routes answer, what they received, and how they fail.
 * <p>
 * It evaluates nothing. Definitions are served as they are given, and an evaluation request gets what the test says:
 *
 * <pre>{@code
 * collector.flags().definitions("{\"flags\":[{\"key\":\"new-editor\",\"active\":true,...}]}");
 * collector.flags().answer("{\"flags\":{\"new-editor\":{\"key\":\"new-editor\",\"enabled\":true}}}");
 * // ... use a client, then
 * collector.flags().awaitRequestsTo(FlagRoute.EVALUATION, 1, Duration.ofSeconds(5));
 * assertEquals("account-7781", collector.flags().requests().get(0).fields().get("distinct_id"));
 * }</pre>
 *
 * Nothing here is seen by ingestion: requests are counted apart and answers scripted apart. {@link Collector#reset()}
 * resets both.
 * <p>
 * <b>Threads:</b> any thread. Nothing but the {@code await} methods blocks, these for a bounded time.
 */
public final class FlagEndpoints {
    private final FlagState state;

    FlagEndpoints(FlagState state) {
        this.state = state;
    }

    // What is answered

    /**
     * Sets the definitions, with an entity tag made from their bytes. Without any, the set is empty.
     *
     * @param json served as it is, in UTF-8; replaces also those of a file, until the collector is reset
     * @throws IllegalArgumentException if it is not a JSON object with a list of flags; to serve such a thing, script
     *     {@code Answer.ok().body(...)}
     */
    public void definitions(String json) {
        state.define(FlagDefinitions.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Sets the answer to every valid evaluation request from now on. Without one, there are no flags and no errors.
     *
     * @param json served as it is, in UTF-8
     */
    public void answer(String json) {
        Objects.requireNonNull(json, "json");
        state.evaluate(request -> json);
    }

    /**
     * Answers each valid evaluation request from now on as a function says.
     *
     * @param answers from a request, its status still 0, to the JSON to serve; called on a connection's thread, perhaps on
     *     several at once; if it throws, the answer is 500
     */
    public void answers(Function<FlagRequest, String> answers) {
        state.evaluate(answers);
    }

    /**
     * Sets the remote config payload of a flag. Flags without one get 404.
     *
     * @param key flag key
     * @param json served as it is, in UTF-8
     */
    public void remoteConfig(String key, String json) {
        state.configure(key, json);
    }

    /**
     * What was wrong with the definitions file when it was looked at, in order; the last good definitions stayed.
     *
     * @return an unmodifiable copy of the first 1,000 sentences; empty without a file
     */
    public List<String> fileProblems() {
        return state.problems();
    }

    // Scripted answers

    /**
     * Queues answers for the next flag requests, one each, in the order their headers arrive. The queue goes before
     * conditions and the standing answer.
     *
     * @param answers what to do with them; those that spoil the body do so to a whole, unpacked one
     */
    public void answerNext(Answer... answers) {
        state.script().enqueue(List.of(answers));
    }

    /**
     * Sets the standing answer for flag requests that nothing else is scripted for.
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
     * flags.answerWhen(request -> request.route() == FlagRoute.DEFINITIONS, Answer.status(402));
     * }</pre>
     *
     * @param condition sees the request, its status still 0; called on a connection's thread, perhaps on several at once;
     *     if it throws, the answer is 500
     * @param answer what to do with them; must be one that reads the body at full speed
     * @throws IllegalArgumentException if the answer acts before the body has been read
     */
    public void answerWhen(Predicate<FlagRequest> condition, Answer answer) {
        state.script().when(condition, answer);
    }

    /**
     * Forgets the scripted answers; definitions, evaluations and remote configs stay. Requests that hang already go on
     * hanging.
     */
    public void answerNormally() {
        state.script().clear();
    }

    /** Answers the flag requests that hang now, as if they had just been read. */
    public void release() {
        state.gate().release();
    }

    // What was received

    /**
     * The flag requests received, refused and failed ones included, in the order they were read. They are kept within the
     * same bounds as ingestion requests, counted apart.
     *
     * @return an unmodifiable copy; empty in {@link CollectorMode#COUNT}
     */
    public List<FlagRequest> requests() {
        return state.log().requests();
    }

    /**
     * The requests of one route among {@link #requests()}.
     *
     * @param route the route
     * @return an unmodifiable list
     */
    public List<FlagRequest> requestsTo(FlagRoute route) {
        return requests().stream().filter(request -> request.route() == route).toList();
    }

    /**
     * Flag requests received, in either mode.
     *
     * @return 0 or more
     */
    public int requestCount() {
        return state.log().count();
    }

    /**
     * Why flag requests were invalid, in order. No reason shows a key.
     *
     * @return an unmodifiable copy of the first 1,000 reasons
     */
    public List<String> invalidReasons() {
        return state.log().reasons();
    }

    /**
     * Waits until this many flag requests have been read.
     *
     * @param count requests, refused and failed ones included
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitRequests(int count, Duration atMost) {
        if (!state.log().await(() -> state.log().count() >= count, atMost)) {
            throw missed(count + " flag requests", atMost);
        }
    }

    /**
     * Waits until this many requests to one route have been read.
     *
     * @param route the route
     * @param count requests, refused and failed ones included
     * @param atMost longest wait
     * @throws AssertionError if the time runs out; the message shows the state
     * @throws IllegalStateException if interrupted; the thread's interrupt flag is set
     */
    public void awaitRequestsTo(FlagRoute route, int count, Duration atMost) {
        if (!state.log().await(() -> state.log().count(route) >= count, atMost)) {
            throw missed(count + " requests to " + route, atMost);
        }
    }

    private AssertionError missed(String what, Duration atMost) {
        StringBuilder counts = new StringBuilder();
        for (FlagRoute route : FlagRoute.values()) {
            counts.append(state.log().count(route)).append(" to ").append(route).append(", ");
        }
        return new AssertionError(
                "expected " + what + " within " + atMost + ", but got " + counts + "invalid for " + invalidReasons());
    }
}
