package dev.penstock.engine.flags.remote;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.transport.FetchRequest;
import dev.penstock.engine.transport.Fetcher;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * Has the server evaluate flags. Each question is a request of its own; nothing is remembered.
 *
 * <p>A bounded number of questions is under way at once; one more is answered {@code connection_error} at once, so that an
 * outage of the server does not pile up callers.
 *
 * <p><b>Threads:</b> any; never blocks.
 */
public final class RemoteEvaluator {

    private static final String PATH = "/flags/?v=2";
    private static final int MAX_ANSWER_BYTES = 2 * 1024 * 1024;
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Accept-Encoding", "gzip");

    private final RemoteSettings settings;
    private final QuestionWriter writer;
    private final Fetcher fetcher;
    private final ScheduledExecutorService flagThread;
    private final BiConsumer<String, Throwable> trouble;
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();
    private final Set<RemoteCall> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Makes an evaluator.
     *
     * @param settings how to ask
     * @param fetcher sends the requests
     * @param flagThread where answers are read, and deadlines and delays run out
     * @param trouble told in a sentence what went wrong, with the exception or null
     */
    public RemoteEvaluator(
            RemoteSettings settings,
            Fetcher fetcher,
            ScheduledExecutorService flagThread,
            BiConsumer<String, Throwable> trouble) {
        this.settings = settings;
        this.writer = new QuestionWriter(settings);
        this.fetcher = fetcher;
        this.flagThread = flagThread;
        this.trouble = trouble;
    }

    /**
     * Asks for flags.
     *
     * @param context whom to evaluate for
     * @param keys the flags to evaluate, or null for all
     * @param disableGeoIp whether the server shall derive no place from this address
     * @return completed, never exceptionally, on the flag thread, by the thread that closes, or already
     */
    public CompletableFuture<RemoteAnswer> evaluate(
            FlagContext context, Collection<String> keys, boolean disableGeoIp) {
        if (closed) {
            return failed(RemoteAnswer.CONNECTION_ERROR);
        }
        if (open.incrementAndGet() > settings.maxOpen()) {
            open.decrementAndGet();
            trouble.accept(
                    "flags not evaluated by the server: more than " + settings.maxOpen() + " evaluations at once",
                    null);
            return failed(RemoteAnswer.CONNECTION_ERROR);
        }
        RemoteCall call;
        try {
            FetchRequest request =
                    new FetchRequest(PATH, HEADERS, writer.write(context, keys, disableGeoIp), MAX_ANSWER_BYTES);
            call = new RemoteCall(settings, request, fetcher, flagThread, requests, trouble);
        } catch (RuntimeException | Error e) {
            open.decrementAndGet();
            trouble.accept("flags not evaluated by the server: the request could not be written", e);
            return failed(RemoteAnswer.UNKNOWN_ERROR);
        }
        return begun(call);
    }

    private CompletableFuture<RemoteAnswer> begun(RemoteCall call) {
        calls.add(call);
        // Registered first, so that whoever sees the answer finds the place free again.
        CompletableFuture<RemoteAnswer> answer = call.result().thenApply(result -> {
            calls.remove(call);
            open.decrementAndGet();
            if (!result.isAnswer()) {
                failures.increment();
            }
            return result;
        });
        if (closed) {
            call.giveUp();
        } else {
            call.begin();
        }
        return answer;
    }

    private CompletableFuture<RemoteAnswer> failed(String error) {
        failures.increment();
        return CompletableFuture.completedFuture(RemoteAnswer.failed(error));
    }

    /**
     * How many requests were made, retries included.
     *
     * @return a count
     */
    public long requests() {
        return requests.sum();
    }

    /**
     * How many evaluations ended without an answer.
     *
     * @return a count
     */
    public long failures() {
        return failures.sum();
    }

    /** Ends what is under way with {@code connection_error}, and whatever is asked for later. */
    public void close() {
        closed = true;
        calls.forEach(RemoteCall::giveUp);
    }
}
