package dev.penstock.engine.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;

/**
 * One HttpClient with its threads, for as long as these run.
 *
 * <p>HttpClient goes on saying that it is active when its I/O thread has died, so the threads are watched: the end of
 * one is the end of the reactor. Nothing a thread dies of is printed.
 *
 * <p><b>Threads:</b> any thread.
 */
final class Reactor implements ThreadFactory {

    private final ThreadFactory factory;
    private final Consumer<Reactor> onEnd;
    private final List<Thread> threads = new ArrayList<>();
    private volatile CloseableHttpAsyncClient client;
    private volatile boolean ended;

    Reactor(ThreadFactory factory, Consumer<Reactor> onEnd) {
        this.factory = factory;
        this.onEnd = onEnd;
    }

    void start(CloseableHttpAsyncClient newClient) {
        this.client = newClient;
        newClient.start();
    }

    CloseableHttpAsyncClient client() {
        return client;
    }

    /** Whether requests can be given to it. Starting up counts as alive. */
    boolean isAlive() {
        return !ended && client.getStatus().compareTo(IOReactorStatus.ACTIVE) <= 0;
    }

    /** For HttpClient: the first thread runs its I/O, the second only starts the first and then idles. */
    @Override
    public Thread newThread(Runnable work) {
        Thread thread = factory.newThread(() -> watch(work));
        synchronized (threads) {
            if (!threads.isEmpty()) {
                thread.setName(thread.getName() + "-main");
            }
            threads.add(thread);
        }
        return thread;
    }

    private void watch(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            // Let through, it would be printed. That the thread has ended is reported below.
        } finally {
            ended = true;
            onEnd.accept(this);
        }
    }

    /** The thread that runs the I/O, or null before there is one. */
    Thread ioThread() {
        synchronized (threads) {
            return threads.isEmpty() ? null : threads.get(0);
        }
    }

    /** Whether the I/O thread is waiting for its sockets now. */
    boolean isSelecting() {
        Thread thread = ioThread();
        if (thread == null) {
            return false;
        }
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("select") && frame.getClassName().startsWith("sun.nio.ch.")) {
                return true;
            }
        }
        return false;
    }

    /** No more requests are given to it; what it has goes on until it is closed. */
    void giveUp() {
        ended = true;
    }

    /** Closes all connections. Does not wait for anything but short locks. */
    void close() {
        giveUp();
        CloseableHttpAsyncClient current = client;
        if (current != null) {
            current.close(CloseMode.IMMEDIATE);
        }
    }

    /** Waits for the threads. */
    void join(long deadlineNs) throws InterruptedException {
        List<Thread> current;
        synchronized (threads) {
            current = List.copyOf(threads);
        }
        for (Thread thread : current) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs > 0 && thread != Thread.currentThread()) {
                thread.join(leftMs);
            }
        }
    }
}
