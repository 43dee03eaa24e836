package dev.penstock.engine.transport;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fetches over a shared {@link HttpTransport}, a bounded number at a time: connections are set aside for that many, so
 * batches never wait for one.
 *
 * <p><b>Threads:</b> any.
 */
final class HttpFetcher implements Fetcher {

    private final HttpTransport transport;
    private final int limit;
    private final AtomicInteger open = new AtomicInteger();

    HttpFetcher(HttpTransport transport, int limit) {
        this.transport = transport;
        this.limit = limit;
    }

    @Override
    public Fetch fetch(FetchRequest request, FetchSink sink) {
        FetchExchange exchange = new FetchExchange(transport, request, sink, open::decrementAndGet);
        if (open.incrementAndGet() <= limit) {
            transport.send(exchange);
        } else {
            exchange.end(FailureKind.CONNECTION, "more than " + limit + " requests at once");
        }
        return exchange;
    }
}
