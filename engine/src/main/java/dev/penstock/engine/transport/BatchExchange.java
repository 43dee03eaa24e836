package dev.penstock.engine.transport;

import java.util.Map;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;

/**
 * One batch under way. Its answer counts from its status line on; a body that was asked for is added when all of it has
 * come, and missing from the answer if it does not.
 *
 * <p><b>Threads:</b> any thread.
 */
final class BatchExchange extends HttpExchange implements Exchange {

    private final BatchRequest request;
    private final BodyProducer body;
    private final AnswerSink sink;
    private volatile Answer answer;

    BatchExchange(HttpTransport transport, BatchRequest request, AnswerSink sink) {
        super(transport);
        this.request = request;
        this.body = new BodyProducer(request.body(), request.length());
        this.sink = sink;
    }

    @Override
    String method() {
        return "POST";
    }

    @Override
    String path() {
        return request.path();
    }

    @Override
    Map<String, String> headers() {
        return request.headers();
    }

    @Override
    AsyncEntityProducer entity() {
        return body;
    }

    @Override
    AsyncResponseConsumer<Void> consumer(boolean proxied) {
        return new AnswerConsumer(
                this, request.maxAnswerBytes(), proxied, transport().clock());
    }

    @Override
    void connected() {
        // The body knows when it has begun.
    }

    @Override
    boolean hasBegun() {
        return body.hasBegun();
    }

    boolean isBodySent() {
        return body.hasEnded();
    }

    /** The status line and the headers are here, or all of it. */
    void arrived(Answer soFar) {
        answer = soFar;
    }

    @Override
    boolean isDecided() {
        return answer != null;
    }

    @Override
    void tellAnswer() {
        sink.onAnswer(answer);
    }

    @Override
    void tellFailure(FailureKind kind, String failure) {
        sink.onAnswer(Answer.failed(failure));
    }

    @Override
    public void cancel() {
        giveUp();
    }

    @Override
    public boolean isBodyReleased() {
        return isAnswered() && body.hasEnded();
    }
}
