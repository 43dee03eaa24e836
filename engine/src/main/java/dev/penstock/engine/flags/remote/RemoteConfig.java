package dev.penstock.engine.flags.remote;

import dev.penstock.engine.transport.FailureKind;
import dev.penstock.engine.transport.Fetch;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import dev.penstock.engine.transport.Fetcher;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Fetches remote configuration: payloads that only the server has. Not remembered, not tried again.
 *
 * <p><b>Threads:</b> any; never blocks.
 */
public final class RemoteConfig {

    /** How many requests are open at most; one more fails at once. */
    public static final int MAX_OPEN = 16;

    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private final RemoteSettings settings;
    private final Fetcher fetcher;
    private final ScheduledExecutorService flagThread;
    private final BiConsumer<String, Throwable> trouble;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * Makes a fetcher of configuration.
     *
     * @param settings how to ask
     * @param fetcher sends the requests
     * @param flagThread where deadlines run out
     * @param trouble told in a sentence what went wrong, with the exception or null
     */
    public RemoteConfig(
            RemoteSettings settings,
            Fetcher fetcher,
            ScheduledExecutorService flagThread,
            BiConsumer<String, Throwable> trouble) {
        this.settings = settings;
        this.fetcher = fetcher;
        this.flagThread = flagThread;
        this.trouble = trouble;
    }

    /**
     * Fetches the payload of a flag.
     *
     * @param key the flag's key
     * @return the JSON text, or empty after any failure, which is reported; completed, never exceptionally, on the flag
     *     thread, the I/O thread, or already
     */
    public CompletableFuture<Optional<String>> fetch(String key) {
        if (settings.secretKey() == null || settings.secretKey().isEmpty()) {
            return failed("it needs a secret key, and none is configured");
        }
        if (key == null || key.isEmpty()) {
            return failed("it needs a flag's key");
        }
        if (open.incrementAndGet() > MAX_OPEN) {
            open.decrementAndGet();
            return failed("more than " + MAX_OPEN + " requests at once");
        }
        CompletableFuture<FetchAnswer> answer = new CompletableFuture<>();
        CompletableFuture<Optional<String>> body = answer.thenApply(this::body);
        try {
            Fetch fetch = fetcher.fetch(request(key), answer::complete);
            Future<?> deadline = flagThread.schedule(
                    () -> late(answer, fetch), settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return body.whenComplete((text, failure) -> deadline.cancel(false));
        } catch (RuntimeException | Error e) {
            answer.complete(FetchAnswer.failed(FailureKind.CONNECTION, "there is no thread to do it"));
            return body;
        }
    }

    private FetchRequest request(String key) {
        String path = "/api/projects/@current/feature_flags/" + FetchRequest.encoded(key) + "/remote_config?token="
                + FetchRequest.encoded(settings.projectKey());
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + settings.secretKey(), "Accept-Encoding", "gzip");
        return new FetchRequest(path, headers, null, MAX_ANSWER_BYTES);
    }

    private Optional<String> body(FetchAnswer answer) {
        open.decrementAndGet();
        if (answer.failure() != null) {
            return lost(answer.reason());
        }
        if (answer.status() != 200) {
            return lost("status " + answer.status());
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private void late(CompletableFuture<FetchAnswer> answer, Fetch fetch) {
        if (fetch.cancel()) {
            answer.complete(FetchAnswer.failed(
                    FailureKind.TIMEOUT,
                    "no whole answer within " + settings.timeout().toMillis() + " ms"));
        }
    }

    private CompletableFuture<Optional<String>> failed(String why) {
        return CompletableFuture.completedFuture(lost(why));
    }

    private Optional<String> lost(String why) {
        trouble.accept("remote configuration not fetched: " + why, null);
        return Optional.empty();
    }
}
