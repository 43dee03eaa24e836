package dev.penstock.engine.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Takes status and {@code Retry-After} from an answer and lets the rest go by.
 *
 * <p>Throws to have HttpClient close the connection: when the exchange is cancelled or the body too long, when the
 * answer came while the request was still being written (HttpClient would go on writing, or, after a redirect, keep
 * the connection for ever), and when it is a proxy's and not the server's.
 *
 * <p><b>Threads:</b> the I/O thread.
 */
final class AnswerConsumer implements AsyncResponseConsumer<Void> {

    /** A longer body costs the server its connection. */
    static final int MAX_BODY_BYTES = 1024 * 1024;

    private final BatchExchange exchange;
    private final boolean proxied;
    private final InstantSource clock;
    private FutureCallback<Void> atEnd;
    private long seenBytes;

    AnswerConsumer(BatchExchange exchange, boolean proxied, InstantSource clock) {
        this.exchange = exchange;
        this.proxied = proxied;
        this.clock = clock;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> resultCallback)
            throws IOException {
        int status = response.getCode();
        if (proxied && (status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED || !exchange.hasBegun())) {
            // A verdict of the proxy says nothing about the batch. The body has not begun: an answer to CONNECT.
            exchange.end(FailureKind.CONNECTION, "proxy refused with status " + status);
            throw new IOException("proxy refused");
        }
        Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        exchange.arrived(
                status,
                RetryAfter.parseMs(retryAfter == null ? null : retryAfter.getValue(), clock, RetryAfter.MAX_MS));
        if (!exchange.isBodySent()) {
            exchange.completed(null);
            throw new IOException("answered early");
        }
        if (entity == null) {
            resultCallback.completed(null);
        } else {
            atEnd = resultCallback;
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // An interim answer; the caller's deadline bounds how many.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        seenBytes += source.remaining();
        source.position(source.limit());
        if (exchange.isCancelled()) {
            throw new IOException("cancelled");
        }
        if (seenBytes > MAX_BODY_BYTES) {
            exchange.completed(null);
            throw new IOException("answer too long");
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        atEnd.completed(null);
    }

    @Override
    public void failed(Exception cause) {
        // The exchange is told as well.
    }

    @Override
    public void releaseResources() {
        // There are none.
    }
}
