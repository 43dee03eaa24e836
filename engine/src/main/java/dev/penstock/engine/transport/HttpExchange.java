package dev.penstock.engine.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;

/**
 * One request under way, settled once however often, and by whomever, its end is reported.
 *
 * <p>An answer counts from its status line on: what happens to the rest of it changes nothing.
 *
 * <p><b>Threads:</b> any thread; lock-free but for what HttpClient does when it is told to cancel.
 */
final class HttpExchange implements Exchange, FutureCallback<Void> {

    private static final int OPEN = 0;
    private static final int ANSWERED = 1;
    private static final int FAILED = 2;
    private static final int CANCELLED = 3;

    private static final VarHandle STATE;
    private static final VarHandle STARTED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(HttpExchange.class, "state", int.class);
            STARTED = lookup.findVarHandle(HttpExchange.class, "started", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final BatchRequest request;
    private final BodyProducer body;
    private final AnswerSink sink;
    private final FailureText texts;
    private final Consumer<HttpExchange> onSettled;

    @SuppressWarnings("UnusedVariable") // through STATE
    private volatile int state;

    @SuppressWarnings("UnusedVariable") // through STARTED
    private volatile boolean started;

    private volatile Reactor reactor;
    private volatile Future<?> future;
    private volatile AsyncExecRuntime connection;
    private volatile Answer answer;

    HttpExchange(BatchRequest request, AnswerSink sink, FailureText texts, Consumer<HttpExchange> onSettled) {
        this.request = request;
        this.body = new BodyProducer(request.body(), request.length());
        this.sink = sink;
        this.texts = texts;
        this.onSettled = onSettled;
    }

    BatchRequest request() {
        return request;
    }

    BodyProducer body() {
        return body;
    }

    /** The reactor that carries this exchange, or null before it is handed to one. */
    Reactor reactor() {
        return reactor;
    }

    /** True for the one caller that may hand this exchange to a reactor. */
    boolean claimStart() {
        return state == OPEN && STARTED.compareAndSet(this, false, true);
    }

    /** To be called before the reactor is given the exchange, so that its end is not missed. */
    void assign(Reactor owner) {
        this.reactor = owner;
    }

    /** What the exchange takes its connection from. */
    void connection(AsyncExecRuntime runtime) {
        this.connection = runtime;
    }

    /** Keeps what is needed to cancel. */
    void running(Future<?> execution) {
        this.future = execution;
        if (state == CANCELLED) {
            abort();
        }
    }

    boolean isCancelled() {
        return state == CANCELLED;
    }

    /** The status line and the headers are here. */
    void arrived(int status, long retryAfterMs) {
        answer = new Answer(status, retryAfterMs, null);
    }

    /** No more is to come: the answer if there is one, else a failure without a reason of its own. */
    @Override
    public void completed(Void nothing) {
        end("connection closed before the answer");
    }

    @Override
    public void failed(Exception cause) {
        fail(cause);
    }

    /** Cancelled by HttpClient itself, which it does when it is closed. */
    @Override
    public void cancelled() {
        end("transport stopped");
    }

    void fail(Throwable cause) {
        Reactor owner = reactor;
        end(owner != null && !owner.isAlive() ? "transport stopped" : texts.of(cause, body.hasBegun()));
    }

    /**
     * Settles.
     *
     * @param failure what to say if no status line has come
     */
    void end(String failure) {
        Answer arrived = answer;
        if (STATE.compareAndSet(this, OPEN, arrived == null ? FAILED : ANSWERED)) {
            onSettled.accept(this);
            tell(arrived == null ? Answer.failed(failure) : arrived);
        }
    }

    /** Whether the answer's status line has come. */
    boolean hasStatus() {
        return answer != null;
    }

    @Override
    public void cancel() {
        if (hasStatus()) {
            end("cancelled");
            abort();
        } else if (STATE.compareAndSet(this, OPEN, CANCELLED)) {
            onSettled.accept(this);
            abort();
        }
    }

    /**
     * Has HttpClient let go of the exchange. Its own cancelling sometimes does nothing: while the sending thread hands
     * over the request, the I/O thread can already be past the step whose cancellation is then registered. So the
     * connection is closed as well; that does nothing once the exchange has given it back.
     */
    private void abort() {
        try {
            Future<?> execution = future;
            if (execution != null) {
                execution.cancel(true);
            }
            AsyncExecRuntime runtime = connection;
            if (runtime != null) {
                runtime.discardEndpoint();
            }
        } catch (RuntimeException e) {
            // Cancelling must not throw; what stays open ends with its timeout.
        }
    }

    @Override
    public boolean isBodyReleased() {
        return state == ANSWERED && body.hasEnded();
    }

    private void tell(Answer result) {
        try {
            sink.onAnswer(result);
        } catch (Throwable e) {
            // A sink must not throw. One that does shall not take the I/O thread along.
        }
    }
}
