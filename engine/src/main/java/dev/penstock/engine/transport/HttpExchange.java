package dev.penstock.engine.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;

/**
 * One request under way, settled once however often, and by whomever, its end is reported.
 *
 * <p>From some point on it is decided what the answer is: what happens to the rest of it then changes nothing.
 *
 * <p><b>Threads:</b> any thread; lock-free but for what HttpClient does when it is told to cancel.
 */
abstract class HttpExchange implements FutureCallback<Void> {

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

    private final HttpTransport transport;

    @SuppressWarnings("UnusedVariable") // through STATE
    private volatile int state;

    @SuppressWarnings("UnusedVariable") // through STARTED
    private volatile boolean started;

    private volatile Reactor reactor;
    private volatile Future<?> future;
    private volatile AsyncExecRuntime connection;

    HttpExchange(HttpTransport transport) {
        this.transport = transport;
    }

    abstract String method();

    /** Path and query below the configured host. */
    abstract String path();

    abstract Map<String, String> headers();

    /** What writes the request's body, or null if there is none. */
    abstract AsyncEntityProducer entity();

    abstract AsyncResponseConsumer<Void> consumer(boolean proxied);

    /** The connection to the server is ready, through a proxy as well, and the request's head is written next. */
    abstract void connected();

    /** Whether the request has begun to leave. */
    abstract boolean hasBegun();

    /** Whether it is known what the answer is. Once true, always true. */
    abstract boolean isDecided();

    /** Called once, when the exchange has ended in any way. */
    void settled() {}

    abstract void tellAnswer();

    abstract void tellFailure(FailureKind kind, String failure);

    HttpTransport transport() {
        return transport;
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

    boolean isAnswered() {
        return state == ANSWERED;
    }

    /** No more is to come: the answer if there is one, else a failure without a reason of its own. */
    @Override
    public void completed(Void nothing) {
        end(FailureKind.CONNECTION, "connection closed before the answer");
    }

    @Override
    public void failed(Exception cause) {
        fail(cause);
    }

    /** Cancelled by HttpClient itself, which it does when it is closed. */
    @Override
    public void cancelled() {
        stopped();
    }

    void fail(Throwable cause) {
        Reactor owner = reactor;
        if (owner != null && !owner.isAlive()) {
            stopped();
        } else {
            end(FailureText.kind(cause), transport.texts().of(cause, hasBegun()));
        }
    }

    private void stopped() {
        end(transport.isClosed() ? FailureKind.CLOSED : FailureKind.CONNECTION, "transport stopped");
    }

    /**
     * Settles.
     *
     * @param kind what kind of failure it is if the answer is not decided
     * @param failure what to say then
     */
    void end(FailureKind kind, String failure) {
        boolean decided = isDecided();
        if (STATE.compareAndSet(this, OPEN, decided ? ANSWERED : FAILED)) {
            leave();
            try {
                if (decided) {
                    tellAnswer();
                } else {
                    tellFailure(kind, failure);
                }
            } catch (Throwable e) {
                // A sink must not throw. One that does shall not take the I/O thread along.
            }
        }
    }

    /** Gives the exchange up; true if it ends without its sink being told. */
    final boolean giveUp() {
        if (isDecided()) {
            end(FailureKind.CONNECTION, "cancelled");
            abort();
            return false;
        }
        if (!STATE.compareAndSet(this, OPEN, CANCELLED)) {
            return isCancelled();
        }
        leave();
        abort();
        return true;
    }

    private void leave() {
        transport.settled(this);
        settled();
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
}
