package dev.penstock.engine.flags.load;

import dev.penstock.client.flags.FlagDefinitionsCache;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Calls the application's cache on a thread of its own, and gives up a call that takes too long.
 *
 * <p><b>Threads:</b> called by the flag thread, which is also told the results; {@link #close} by any.
 */
public final class CacheCalls {

    /** How long a call may take. */
    static final long TIMEOUT_MS = 10_000;

    private static final int MAX_WAITING = 4;

    private final FlagDefinitionsCache cache;
    private final ExecutorService calls;
    private final ScheduledExecutorService flagThread;
    private final BiConsumer<String, Throwable> trouble;
    private final AtomicBoolean closing = new AtomicBoolean();

    /**
     * Makes the caller; its thread comes with the first call.
     *
     * @param cache the application's
     * @param threads makes the thread
     * @param flagThread where deadlines run out and results go
     * @param trouble told what a call has thrown
     */
    public CacheCalls(
            FlagDefinitionsCache cache,
            ThreadFactory threads,
            ScheduledExecutorService flagThread,
            BiConsumer<String, Throwable> trouble) {
        this(
                cache,
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), threads),
                flagThread,
                trouble);
    }

    CacheCalls(
            FlagDefinitionsCache cache,
            ExecutorService calls,
            ScheduledExecutorService flagThread,
            BiConsumer<String, Throwable> trouble) {
        this.cache = cache;
        this.calls = calls;
        this.flagThread = flagThread;
        this.trouble = trouble;
    }

    /** Whether to ask the server; a failure means yes. */
    void shouldFetch(Consumer<Boolean> then) {
        call("shouldFetch", cache::shouldFetch, true, then);
    }

    /** What is stored, or null; a failure means null. */
    void load(Consumer<byte[]> then) {
        call("load", () -> cache.load().orElse(null), null, then);
    }

    void store(byte[] definitions) {
        Callable<Void> storing = () -> {
            cache.store(definitions);
            return null;
        };
        call("store", storing, null, nothing -> {});
    }

    /**
     * Closes the cache once what was called before has ended. May be called again to wait.
     *
     * @param timeoutMs how long to wait; what has not ended then is interrupted, unless this is zero
     * @return whether everything has ended
     * @throws InterruptedException if the caller was interrupted while it waited
     */
    boolean close(long timeoutMs) throws InterruptedException {
        if (closing.compareAndSet(false, true)) {
            try {
                calls.execute(this::closeCache);
            } catch (RejectedExecutionException e) {
                trouble.accept("flag definitions cache not closed: earlier calls hang", e);
            } catch (RuntimeException | Error e) {
                trouble.accept("flag definitions cache not closed: there is no thread to do it", e);
            }
            calls.shutdown();
        }
        boolean ended = false;
        try {
            ended = calls.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS);
        } finally {
            if (!ended && timeoutMs > 0) {
                calls.shutdownNow();
                trouble.accept("flag definitions cache hangs; its call was interrupted", null);
            }
        }
        return ended;
    }

    private void closeCache() {
        try {
            cache.close();
        } catch (RuntimeException | Error e) {
            trouble.accept(failed("close"), e);
        }
    }

    private <T> void call(String name, Callable<T> operation, T ifFailed, Consumer<T> then) {
        Call<T> call = new Call<>(name, ifFailed, then);
        try {
            call.running = calls.submit(() -> call.run(operation));
        } catch (RejectedExecutionException e) {
            if (!closing.get()) {
                trouble.accept("flag definitions cache not asked (" + name + "): earlier calls hang", e);
            }
            flagThread.execute(() -> call.end(ifFailed));
            return;
        } catch (RuntimeException | Error e) {
            trouble.accept("flag definitions cache not asked (" + name + "): there is no thread to do it", e);
            flagThread.execute(() -> call.end(ifFailed));
            return;
        }
        call.deadline = flagThread.schedule(call::giveUp, TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private static String failed(String name) {
        return "flag definitions cache failed in " + name;
    }

    /** A call and its end, which comes once: with a result or at the deadline. */
    private final class Call<T> {

        private final String name;
        private final T ifFailed;
        private final Consumer<T> then;
        private Future<?> running;
        private Future<?> deadline;
        private volatile boolean ended;

        Call(String name, T ifFailed, Consumer<T> then) {
            this.name = name;
            this.ifFailed = ifFailed;
            this.then = then;
        }

        /** On the cache's thread. */
        void run(Callable<T> operation) {
            T result = ifFailed;
            try {
                result = operation.call();
            } catch (Throwable e) {
                if (!ended) { // otherwise it was interrupted by us, and that has been said
                    trouble.accept(failed(name), e);
                }
            }
            T answer = result;
            flagThread.execute(() -> end(answer));
        }

        /** On the flag thread, like the next. */
        void end(T result) {
            if (ended) {
                return;
            }
            ended = true;
            if (deadline != null) {
                deadline.cancel(false);
            }
            then.accept(result);
        }

        void giveUp() {
            if (ended) {
                return;
            }
            ended = true;
            running.cancel(true);
            trouble.accept("flag definitions cache took longer than 10 s in " + name, null);
            then.accept(ifFailed);
        }
    }
}
