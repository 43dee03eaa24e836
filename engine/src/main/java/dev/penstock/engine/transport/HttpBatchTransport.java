package dev.penstock.engine.transport;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Sends batches over an {@link HttpTransport}.
 *
 * <p>An answer is its status line: a body that is cut off, too long or slow changes nothing about it. A proxy's
 * refusal is a failure, not an answer. While the status has not come, the caller's deadline rules: after {@link
 * Exchange#cancel()} the sink is not told and the connection is closed. Once it has, cancelling tells it.
 *
 * <p><b>Threads:</b> as {@link BatchTransport} says. Answers come on the I/O thread, and failures also on the thread
 * that sends, closes or looks a name up. <b>Allocation:</b> some kilobytes per request; never the body.
 */
public final class HttpBatchTransport implements BatchTransport {

    private final HttpTransport transport;

    /**
     * Starts a transport for batches alone; connects to nobody yet.
     *
     * @param settings where to and how
     * @param clock the wall clock that dates in {@code Retry-After} are compared with
     */
    public HttpBatchTransport(TransportSettings settings, InstantSource clock) {
        this(new HttpTransport(settings, 0, clock));
    }

    HttpBatchTransport(
            TransportSettings settings, InstantSource clock, LongSupplier nanoClock, HostAddresses.Lookup lookup) {
        this(new HttpTransport(settings, 0, clock, nanoClock, lookup));
    }

    HttpBatchTransport(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public Exchange send(BatchRequest request, AnswerSink sink) {
        BatchExchange exchange = new BatchExchange(transport, request, sink);
        transport.send(exchange);
        return exchange;
    }

    @Override
    public long restarts() {
        return transport.restarts();
    }

    @Override
    public void close() {
        transport.close();
    }

    /** The client in use, for tests that break it. */
    Reactor reactor() {
        return transport.reactor();
    }
}
