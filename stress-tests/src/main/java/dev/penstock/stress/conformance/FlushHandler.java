package dev.penstock.stress.conformance;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.FlushResult;
import java.time.Duration;
import java.util.Map;

/**
 * {@code POST /flush}: sends what is pending and answers when every event has its outcome, retries included: from then on
 * all requests are on record at the other end. Failed delivery is an outcome like others.
 */
final class FlushHandler implements CallHandler {
    /** Longer than any retries that a test provokes. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ClientRegistry clients;

    FlushHandler(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public Map<String, Object> handle(Call call) throws BadCallException {
        CaptureClient client = clients.client(call.testId());
        long before = client.stats().delivered();
        FlushResult result = client.flush(TIMEOUT);
        long flushed = client.stats().delivered() - before;
        return Map.of("success", result == FlushResult.COMPLETED, "events_flushed", flushed);
    }
}
