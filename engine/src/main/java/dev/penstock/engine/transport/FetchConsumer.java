package dev.penstock.engine.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
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
 * Takes a whole answer: its head, and of the 200s the decompressed body.
 *
 * <p>Throws to have HttpClient close the connection, for the same reasons as {@link AnswerConsumer}, and when the body
 * cannot be used.
 *
 * <p><b>Threads:</b> the I/O thread.
 */
final class FetchConsumer implements AsyncResponseConsumer<Void> {

    private static final long MAX_RETRY_AFTER_MS = Duration.ofHours(1).toMillis();

    private final FetchExchange exchange;
    private final int maxBytes;
    private final boolean proxied;
    private final InstantSource clock;
    private FetchAnswer head;
    private AnswerContent content;
    private FutureCallback<Void> atEnd;
    private long seenBytes;

    FetchConsumer(FetchExchange exchange, int maxBytes, boolean proxied, InstantSource clock) {
        this.exchange = exchange;
        this.maxBytes = maxBytes;
        this.proxied = proxied;
        this.clock = clock;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> resultCallback)
            throws IOException {
        int status = response.getCode();
        if (proxied && (status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED || !exchange.hasBegun())) {
            exchange.end(FailureKind.CONNECTION, "proxy refused with status " + status);
            throw new IOException("proxy refused");
        }
        head = FetchAnswer.bare(
                status,
                value(response, HttpHeaders.ETAG),
                RetryAfter.parseMs(value(response, HttpHeaders.RETRY_AFTER), clock, MAX_RETRY_AFTER_MS),
                HttpDate.parse(value(response, HttpHeaders.DATE)));
        if (!head.isSuccess()) {
            exchange.decide(head);
        }
        if (!exchange.isBodySent()) {
            exchange.end(FailureKind.CONNECTION, "answered before the request was sent");
            throw new IOException("answered early");
        }
        exchange.answering();
        if (entity == null) {
            exchange.decide(head);
            resultCallback.completed(null);
            return;
        }
        atEnd = resultCallback;
        if (head.isSuccess()) {
            reading(() -> content = new AnswerContent(entity, maxBytes));
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
        reading(() -> take(source));
    }

    private void take(ByteBuffer source) throws IOException {
        if (exchange.isCancelled()) {
            throw new IOException("cancelled");
        }
        if (content != null) {
            content.take(source);
            return;
        }
        seenBytes += source.remaining();
        source.position(source.limit());
        if (seenBytes > AnswerConsumer.MAX_BODY_BYTES) {
            throw new IOException("answer too long");
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) throws IOException {
        reading(this::complete);
        atEnd.completed(null);
    }

    private void complete() throws IOException {
        if (content != null) {
            exchange.decide(head.withBody(content.complete()));
        }
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

    /** Ends the exchange with whatever goes wrong, and never lets an Error through: it would end the I/O thread. */
    private void reading(Step step) throws IOException {
        try {
            step.run();
        } catch (UnusableBodyException e) {
            exchange.end(e.kind(), e.getMessage());
            throw e;
        } catch (IOException e) {
            exchange.end(FailureKind.CONNECTION, e.getMessage());
            throw e;
        } catch (Throwable e) {
            exchange.end(
                    FailureKind.INVALID_BODY, "answer not read (" + e.getClass().getSimpleName() + ')');
            throw new IOException("answer not read", e);
        }
    }

    private static String value(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
