package dev.penstock.engine.transport;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;

/**
 * Keeps one live {@link Reactor}: a dead one is replaced when the next request comes, at most once per second.
 *
 * <p><b>Threads:</b> any thread. {@link #live()} takes a lock only when there is something to replace, for the few
 * milliseconds that takes.
 */
final class ReactorSupervisor {

    private static final long REBUILD_INTERVAL_NS = Duration.ofSeconds(1).toNanos();
    private static final long CLOSE_NS = Duration.ofMillis(500).toNanos();
    private static final long JOIN_NS = Duration.ofMillis(400).toNanos();

    private final Function<ThreadFactory, CloseableHttpAsyncClient> build;
    private final ThreadFactory threads;
    private final LongSupplier nanoClock;
    private final Consumer<Reactor> onEnd;
    private final LongAdder restarts = new LongAdder();
    private final Object lock = new Object();

    private volatile Reactor reactor;
    private volatile boolean closed;
    private long lastBuildNs;
    private boolean tried;

    ReactorSupervisor(
            Function<ThreadFactory, CloseableHttpAsyncClient> build,
            ThreadFactory threads,
            LongSupplier nanoClock,
            Consumer<Reactor> onEnd) {
        this.build = build;
        this.threads = threads;
        this.nanoClock = nanoClock;
        this.onEnd = onEnd;
    }

    /**
     * A reactor that can be given requests, a new one if need be.
     *
     * @return the reactor, or null if there is none now
     */
    Reactor live() {
        Reactor current = reactor;
        return current != null && current.isAlive() ? current : replace();
    }

    long restarts() {
        return restarts.sum();
    }

    private Reactor replace() {
        synchronized (lock) {
            Reactor current = reactor;
            if (closed) {
                return null;
            }
            if (current != null && current.isAlive()) {
                return current;
            }
            long nowNs = nanoClock.getAsLong();
            if (tried && nowNs - lastBuildNs < REBUILD_INTERVAL_NS) {
                return null;
            }
            tried = true;
            lastBuildNs = nowNs;
            if (current != null) {
                closeAside(current);
                restarts.increment();
            }
            reactor = built();
            return reactor;
        }
    }

    private Reactor built() {
        Reactor fresh = new Reactor(threads, onEnd);
        try {
            fresh.start(build.apply(fresh));
            return fresh;
        } catch (Throwable e) {
            // No selector, no thread: tried again with a later request.
            closeAside(fresh);
            return null;
        }
    }

    /**
     * Closes the connections and stops the threads; bounded to about a second.
     *
     * @param afterClose run when the connections are closed, before the threads are waited for
     */
    void close(Runnable afterClose) {
        Reactor last;
        synchronized (lock) {
            closed = true;
            last = reactor;
        }
        boolean interrupted = false;
        if (last != null) {
            interrupted = await(closeAside(last), CLOSE_NS);
        }
        afterClose.run();
        if (last != null) {
            try {
                last.join(System.nanoTime() + JOIN_NS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** On a thread of its own: a connection's lock may be held by an I/O thread that is stuck. */
    private Thread closeAside(Reactor old) {
        try {
            Thread thread = threads.newThread(() -> closeQuietly(old));
            thread.setName(thread.getName() + "-close");
            thread.start();
            return thread;
        } catch (Throwable e) {
            closeQuietly(old);
            return null;
        }
    }

    private static void closeQuietly(Reactor old) {
        try {
            old.close();
        } catch (Throwable e) {
            // It is given up either way.
        }
    }

    private static boolean await(Thread thread, long ns) {
        if (thread == null) {
            return false;
        }
        try {
            thread.join(Duration.ofNanos(ns).toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
