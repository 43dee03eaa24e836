package dev.penstock.engine.flags.load;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The one thread on which definitions are loaded and deadlines and retries of flag requests run out.
 *
 * <p>What a task throws is reported, and the thread goes on. A task that comes after closing is dropped silently: whoever
 * is closed before this has settled what it was for.
 *
 * <p><b>Threads:</b> any. The thread starts with the first task.
 */
public final class FlagThread {

    private final Executor executor;

    /**
     * Makes the owner; the thread comes later.
     *
     * @param threads makes the thread
     * @param trouble told what a task has thrown
     */
    public FlagThread(ThreadFactory threads, BiConsumer<String, Throwable> trouble) {
        this.executor = new Executor(threads, trouble);
    }

    /**
     * Runs tasks, now or later, one at a time.
     *
     * @return always the same
     */
    public ScheduledExecutorService executor() {
        return executor;
    }

    /**
     * Drops what has not begun, interrupts what has, and waits for its end.
     *
     * @param timeoutMs how long to wait at most; a calling flag thread does not wait
     * @return whether the thread has ended
     * @throws InterruptedException if the caller was interrupted while it waited
     */
    public boolean close(long timeoutMs) throws InterruptedException {
        executor.shutdownNow();
        return executor.isOwn() ? executor.isTerminated() : executor.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS);
    }

    private static final class Executor extends ScheduledThreadPoolExecutor {

        private final BiConsumer<String, Throwable> trouble;
        private volatile Thread running;

        Executor(ThreadFactory threads, BiConsumer<String, Throwable> trouble) {
            super(1, threads, new ThreadPoolExecutor.DiscardPolicy());
            this.trouble = trouble;
            setRemoveOnCancelPolicy(true);
        }

        boolean isOwn() {
            return running == Thread.currentThread();
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            running = thread;
        }

        @Override
        protected void afterExecute(Runnable task, Throwable thrown) {
            running = null;
            Throwable failure = thrown == null && task instanceof Future<?> future ? failure(future) : thrown;
            if (failure != null) {
                trouble.accept("a task of the flag thread failed", failure);
            }
        }

        private static Throwable failure(Future<?> task) {
            if (!task.isDone()) {
                return null;
            }
            try {
                task.get();
                return null;
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (CancellationException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}
