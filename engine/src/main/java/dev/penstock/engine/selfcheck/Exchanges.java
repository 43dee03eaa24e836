package dev.penstock.engine.selfcheck;

import dev.penstock.engine.transport.FailureKind;
import dev.penstock.engine.transport.Fetch;
import dev.penstock.engine.transport.FetchAnswer;
import dev.penstock.engine.transport.FetchRequest;
import dev.penstock.engine.transport.HttpTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Requests over a transport like the client's, each waited for. Remembers of all answers the one that tells the server's time best.
 *
 * <p><b>Threads:</b> the one that checks.
 */
final class Exchanges implements AutoCloseable {

    private final CheckTarget target;
    private final CheckTime time;
    private HttpTransport transport;
    private ClockReading reading;

    Exchanges(CheckTarget target, CheckTime time) {
        this.target = target;
        this.time = time;
    }

    /** Asks, for as long as a request may take. */
    FetchAnswer ask(FetchRequest request) throws CheckEndedException {
        Duration allowed = time.allow(target.transport().requestTimeout());
        if (transport == null) {
            transport = new HttpTransport(target.transport(), 1, target.clock());
        }
        CompletableFuture<FetchAnswer> future = new CompletableFuture<>();
        long sentMs = target.clock().millis();
        Fetch fetch = transport.fetcher().fetch(request, future::complete);
        try {
            FetchAnswer answer = time.await(future, allowed);
            note(answer, sentMs);
            return answer;
        } catch (TimeoutException e) {
            return FetchAnswer.failed(FailureKind.TIMEOUT, "no answer within " + Spoken.time(allowed));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            fetch.cancel(); // nothing, if it has ended
        }
    }

    /** The shorter the way there and back, the more its answer says about the time. */
    private void note(FetchAnswer answer, long sentMs) {
        if (answer.date() != null) {
            ClockReading latest = new ClockReading(
                    sentMs, target.clock().millis(), answer.date().toEpochMilli());
            if (reading == null || latest.tripMs() < reading.tripMs()) {
                reading = latest;
            }
        }
    }

    /** What an answer told of the server's time; null if none did. */
    ClockReading reading() {
        return reading;
    }

    @Override
    public void close() {
        if (transport != null) {
            transport.batches().close();
        }
    }
}
