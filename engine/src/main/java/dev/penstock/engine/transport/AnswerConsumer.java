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
 * Takes status and {@code Retry-After} from an answer and lets the rest go by, unless a batch's verdicts are in it.
 *
 * <p>Throws to have HttpClient close the connection: when the exchange is cancelled or the body too long, when the
 * answer came while the request was still being written (HttpClient would go on writing, or, after a redirect, keep
 * the connection for ever), and when it is a proxy's and not the server's. A body that cannot be had costs its verdicts,
 * never the status.
 *
 * <p><b>Threads:</b> the I/O thread.
 */
final class AnswerConsumer implements AsyncResponseConsumer<Void> {

    /** A longer body costs the server its connection. */
    static final int MAX_BODY_BYTES = 1024 * 1024;

    private final BatchExchange exchange;
    private final int maxAnswerBytes;
    private final boolean proxied;
    private final InstantSource clock;
    private Answer head;
    private AnswerContent content;
    private FutureCallback<Void> atEnd;
    private long seenBytes;

    AnswerConsumer(BatchExchange exchange, int maxAnswerBytes, boolean proxied, InstantSource clock) {
        this.exchange = exchange;
        this.maxAnswerBytes = maxAnswerBytes;
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
        head = new Answer(
                status,
                RetryAfter.parseMs(retryAfter == null ? null : retryAfter.getValue(), clock, RetryAfter.MAX_MS),
                null);
        exchange.arrived(head);
        if (!exchange.isBodySent()) {
            exchange.completed(null);
            throw new IOException("answered early");
        }
        if (entity == null) {
            resultCallback.completed(null);
        } else {
            atEnd = resultCallback;
            if (maxAnswerBytes > 0 && head.isSuccess()) {
                reading(() -> content = new AnswerContent(entity, maxAnswerBytes));
            }
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
        if (exchange.isCancelled()) {
            throw new IOException("cancelled");
        }
        if (content != null) {
            reading(() -> content.take(source));
            return;
        }
        seenBytes += source.remaining();
        source.position(source.limit());
        if (seenBytes > MAX_BODY_BYTES) {
            exchange.completed(null);
            throw new IOException("answer too long");
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) throws IOException {
        if (content != null) {
            reading(() -> exchange.arrived(head.withBody(content.complete())));
        }
        atEnd.completed(null);
    }

    @Override
    public void failed(Exception cause) {
        // The exchange is told as well.
    }

    @Override
    public void releaseResources() {
        if (content != null) {
            content.close();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Ends the exchange without a body if that cannot be read, and never lets an Error end the I/O thread. */
    private void reading(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            exchange.completed(null);
            throw e;
        } catch (Throwable e) {
            exchange.completed(null);
            throw new IOException("answer not read", e);
        }
    }
}
