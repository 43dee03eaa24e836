package dev.penstock.engine.flags.remote;

import dev.penstock.engine.transport.Fetch;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import dev.penstock.engine.transport.Fetcher;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * One evaluation by the server, through all its attempts.
 *
 * <p>Tried again is what got no answer at all, and what a gateway answered for a server that did not. Any other status is
 * the server's word.
 *
 * <p><b>Threads:</b> begun by the caller, carried on by the flag thread, ended by any.
 */
final class RemoteCall {

    private final RemoteSettings settings;
    private final FetchRequest request;
    private final Fetcher fetcher;
    private final ScheduledExecutorService flagThread;
    private final LongAdder requests;
    private final BiConsumer<String, Throwable> trouble;
    private final AnswerReader reader = new AnswerReader();
    private final CompletableFuture<RemoteAnswer> result = new CompletableFuture<>();

    private int attempt;
    private Fetch fetch;
    private Future<?> deadline;
    private Future<?> retry;

    RemoteCall(
            RemoteSettings settings,
            FetchRequest request,
            Fetcher fetcher,
            ScheduledExecutorService flagThread,
            LongAdder requests,
            BiConsumer<String, Throwable> trouble) {
        this.settings = settings;
        this.request = request;
        this.fetcher = fetcher;
        this.flagThread = flagThread;
        this.requests = requests;
        this.trouble = trouble;
    }

    CompletableFuture<RemoteAnswer> result() {
        return result;
    }

    /** Makes the next attempt. */
    void begin() {
        try {
            attempt();
        } catch (RuntimeException | Error e) {
            abandon();
            fail(RemoteAnswer.UNKNOWN_ERROR, "there is no thread to do it", e);
        }
    }

    private synchronized void attempt() {
        if (result.isDone()) {
            return;
        }
        int number = ++attempt;
        requests.increment();
        deadline = flagThread.schedule(() -> late(number), settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        fetch = fetcher.fetch(request, answer -> flagThread.execute(() -> answered(number, answer)));
    }

    /** Ends the call without an answer. */
    void giveUp() {
        // In this order: an attempt that begins meanwhile is ended by the second line.
        result.complete(RemoteAnswer.failed(RemoteAnswer.CONNECTION_ERROR));
        abandon();
    }

    private synchronized void abandon() {
        attemptEnds(attempt, false);
        if (retry != null) {
            retry.cancel(false);
        }
    }

    /** True for the first end of an attempt. */
    private synchronized boolean attemptEnds(int number, boolean answered) {
        if (number != attempt || deadline == null) {
            return false;
        }
        deadline.cancel(false);
        deadline = null;
        if (!answered && fetch != null) {
            fetch.cancel();
        }
        fetch = null;
        return true;
    }

    private void late(int number) {
        if (attemptEnds(number, false)) {
            retryOr(
                    RemoteAnswer.TIMEOUT,
                    "no whole answer within " + settings.timeout().toMillis() + " ms");
        }
    }

    private void answered(int number, FetchAnswer answer) {
        if (!attemptEnds(number, true)) {
            return;
        }
        if (answer.failure() != null) {
            failed(answer);
            return;
        }
        int status = answer.status();
        if (status == 502 || status == 504) {
            retryOr(RemoteAnswer.apiError(status), "status " + status);
        } else if (status != 200) {
            fail(RemoteAnswer.apiError(status), "status " + status, null);
        } else {
            read(answer.body());
        }
    }

    private void failed(FetchAnswer answer) {
        switch (answer.failure()) {
            case TIMEOUT -> retryOr(RemoteAnswer.TIMEOUT, answer.reason());
            case CONNECTION, TRUNCATED -> retryOr(RemoteAnswer.CONNECTION_ERROR, answer.reason());
            case CLOSED -> fail(RemoteAnswer.CONNECTION_ERROR, answer.reason(), null);
            case TOO_LARGE, INVALID_BODY -> fail(RemoteAnswer.UNKNOWN_ERROR, answer.reason(), null);
        }
    }

    private void read(byte[] body) {
        try {
            result.complete(reader.read(body));
        } catch (IOException | RuntimeException | Error e) {
            // What the parser says may quote the answer.
            fail(RemoteAnswer.UNKNOWN_ERROR, "the answer cannot be understood", null);
        }
    }

    private void retryOr(String error, String why) {
        if (!retries()) {
            fail(error, why, null);
        }
    }

    /** False if there is no attempt left. */
    private synchronized boolean retries() {
        if (attempt > settings.retries()) {
            return false;
        }
        long delayNs = settings.firstRetryDelay().toNanos() << (attempt - 1);
        retry = flagThread.schedule(this::begin, delayNs, TimeUnit.NANOSECONDS);
        return true;
    }

    private void fail(String error, String why, Throwable cause) {
        if (!result.isDone()) {
            trouble.accept("flags not evaluated by the server: " + why, cause);
            result.complete(RemoteAnswer.failed(error));
        }
    }
}
