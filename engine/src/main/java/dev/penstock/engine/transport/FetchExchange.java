package dev.penstock.engine.transport;

import java.util.Map;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;

/**
 * One fetch under way. An answer of the 200s counts once its body is complete, any other from its status line on.
 *
 * <p><b>Threads:</b> any thread.
 */
final class FetchExchange extends HttpExchange implements Fetch {

    private final FetchRequest request;
    private final BodyProducer body;
    private final FetchSink sink;
    private final Runnable onEnd;
    private volatile boolean connected;
    private volatile boolean answering;
    private volatile FetchAnswer answer;

    /** {@code onEnd} is run once, before the sink is told, and also when it is not told. */
    FetchExchange(HttpTransport transport, FetchRequest request, FetchSink sink, Runnable onEnd) {
        super(transport);
        this.request = request;
        this.body = request.body() == null ? null : new BodyProducer(request.body(), request.body().length);
        this.sink = sink;
        this.onEnd = onEnd;
    }

    @Override
    String method() {
        return request.method();
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
        return new FetchConsumer(
                this, request.maxAnswerBytes(), proxied, transport().clock());
    }

    @Override
    void connected() {
        connected = true;
    }

    @Override
    boolean hasBegun() {
        return connected;
    }

    boolean isBodySent() {
        return body == null || body.hasEnded();
    }

    /** The head of an answer is here whose body matters. */
    void answering() {
        answering = true;
    }

    /** This is the answer, whatever happens next. */
    void decide(FetchAnswer decided) {
        answer = decided;
    }

    @Override
    boolean isDecided() {
        return answer != null;
    }

    @Override
    void settled() {
        onEnd.run();
    }

    @Override
    void tellAnswer() {
        sink.onFetched(answer);
    }

    @Override
    void tellFailure(FailureKind kind, String failure) {
        boolean cutOff = answering && kind == FailureKind.CONNECTION;
        sink.onFetched(
                cutOff
                        ? FetchAnswer.failed(FailureKind.TRUNCATED, "answer cut off")
                        : FetchAnswer.failed(kind, failure));
    }

    @Override
    public boolean cancel() {
        return giveUp();
    }
}
