package dev.penstock.engine.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;

/**
 * Keeps one live {@link Reactor}: a dead one is replaced when the next request comes, at most once per second, and one
 * that stands still when the watchdog says so.
 *
 * <p><b>Threads:</b> any thread. {@link #live()} takes a lock only when there is something to replace, for the few
 * milliseconds that takes.
 */
final class ReactorSupervisor {

    private static final long REBUILD_INTERVAL_NS = Duration.ofSeconds(1).toNanos();
    private static final long CLOSE_NS = Duration.ofMillis(500).toNanos();
    private static final long JOIN_NS = Duration.ofMillis(400).toNanos();

    /** Threads that stand still cannot be ended: each keeps its stack and its sockets. */
    private static final int MAX_STANDING = 4;

    private final Function<ThreadFactory, CloseableHttpAsyncClient> build;
    private final ThreadFactory threads;
    private final LongSupplier nanoClock;
    private final Consumer<Reactor> onEnd;
    private final LongAdder restarts = new LongAdder();
    private final Object lock = new Object();
    private final List<Thread> standing = new ArrayList<>();

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

    /** The reactor that was made last, alive or not; null if there is none. */
    Reactor current() {
        return reactor;
    }

    long restarts() {
        return restarts.sum();
    }

    /**
     * Gives up a reactor whose I/O thread stands still, and makes another. The old one is left to {@link #closeStanding}.
     *
     * @return false if it is not in use any more, or too many others still stand
     */
    boolean replaceStanding(Reactor stuck) {
        synchronized (lock) {
            standing.removeIf(thread -> !thread.isAlive());
            if (closed || stuck != reactor || standing.size() >= MAX_STANDING) {
                return false;
            }
            standing.add(stuck.ioThread());
            stuck.giveUp();
            tried = true;
            lastBuildNs = nanoClock.getAsLong();
            restarts.increment();
            reactor = built();
            return true;
        }
    }

    /** If there is no thread for it, it stays open: to close it on the calling one could take for ever. */
    void closeStanding(Reactor stuck) {
        startClosing(stuck);
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

    private Thread closeAside(Reactor old) {
        Thread thread = startClosing(old);
        if (thread == null) {
            closeQuietly(old);
        }
        return thread;
    }

    /**
     * On a thread of its own: a connection's lock may be held by an I/O thread that is stuck. Null if there is no thread
     * to be had.
     */
    private Thread startClosing(Reactor old) {
        try {
            Thread thread = threads.newThread(() -> closeQuietly(old));
            thread.setName(thread.getName() + "-close");
            thread.start();
            return thread;
        } catch (Throwable e) {
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
