package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does what may block on a thread of its own, so that the wait for it has an end.
 *
 * <p><b>Threads:</b> the one that checks. What works on a socket has ended when the wait has: the socket is closed under it.
 */
final class Aside {

    /** What a thread needs to notice that its socket is closed. */
    private static final long JOIN_MS = 200;

    private final ThreadFactory threads;
    private final CheckTime time;

    Aside(ThreadFactory threads, CheckTime time) {
        this.threads = threads;
        this.time = time;
    }

    /**
     * Does something that nothing can break off.
     *
     * @throws TimeoutException if it takes longer than allowed; its thread then goes on by itself
     * @throws IOException what the work throws
     */
    <T> T call(Callable<T> work, Duration allowed) throws CheckEndedException, TimeoutException, IOException {
        FutureTask<T> task = new FutureTask<>(work);
        threads.newThread(task).start();
        return outcome(task, allowed);
    }

    /**
     * Does something with a socket, and closes that.
     *
     * @throws TimeoutException if it takes longer than allowed
     * @throws IOException what the work throws
     */
    <T> T call(SocketWork<T> work, Duration allowed) throws CheckEndedException, TimeoutException, IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        FutureTask<T> task = new FutureTask<>(() -> work.on(socket));
        Thread thread = null;
        try {
            thread = threads.newThread(task);
            thread.start();
            return outcome(task, allowed);
        } finally {
            socket.close();
            end(thread);
        }
    }

    /** Works on a socket that is not connected yet. */
    @FunctionalInterface
    interface SocketWork<T> {
        T on(Socket socket) throws IOException;
    }

    private <T> T outcome(FutureTask<T> task, Duration allowed)
            throws CheckEndedException, TimeoutException, IOException {
        try {
            return time.await(task, allowed);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** {@code thread} is null if there was none to be had. */
    private static void end(Thread thread) {
        boolean interrupted = false;
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MS);
        while (thread != null && thread.isAlive() && untilNs - System.nanoTime() > 0) {
            try {
                thread.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
