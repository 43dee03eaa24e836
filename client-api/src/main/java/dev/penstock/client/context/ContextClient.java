package dev.penstock.client.context;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a request's context current on a thread, and carries it to other threads where it is told to.
 *
 * <p>Events captured and flags evaluated by the client on that thread then have what the context knows, beneath what they say
 * themselves. Other clients in the process have contexts of their own.
 *
 * <p>A context reaches another thread only through the {@code wrap} methods. Wrap an executor once, or a single task or stage
 * of a {@link java.util.concurrent.CompletableFuture}:
 *
 * <pre>{@code
 * Executor pool = client.contexts().wrapExecutor(threads);
 * CompletableFuture.supplyAsync(this::price, pool)
 *         .thenApply(client.contexts().wrapFunction(this::answer));
 * }</pre>
 *
 * <p>What is wrapped runs in the context that was current when it was wrapped, or with an executor, submitted: also if that
 * scope has been closed since, and in none if there was none. Afterwards the thread is as it was before, whatever scopes the
 * code has left open. It may run any number of times, on any threads.
 *
 * <p><b>Threads:</b> any, platform or virtual. Nothing here waits. <b>Allocation:</b> in proportion to the context, once for
 * each scope; a client without scopes pays one read of a field for each event and evaluation.
 */
public interface ContextClient {

    /**
     * Enters a scope that inherits from the one that is current, and overrides it.
     *
     * @param context what is known in addition; null means nothing
     * @return the scope, current until it is closed
     */
    ContextScope enter(RequestContext context);

    /**
     * Enters a scope that inherits nothing. The right one for a new request: nothing that was left behind on the thread
     * reaches it.
     *
     * @param context what is known; null means nothing
     * @return the scope, current until it is closed
     */
    ContextScope enterFresh(RequestContext context);

    /**
     * The context that is current on this thread, with what it has inherited.
     *
     * @return the context; {@link RequestContext#EMPTY} if there is none
     */
    RequestContext current();

    /**
     * Wraps a task.
     *
     * @param task the task
     * @return runs the task in the context that is current now
     */
    Runnable wrapRunnable(Runnable task);

    /**
     * Wraps a task that has a result.
     *
     * @param <T> the type of the result
     * @param task the task
     * @return runs the task in the context that is current now
     */
    <T> Callable<T> wrapCallable(Callable<T> task);

    /**
     * Wraps a supplier.
     *
     * @param <T> the type of the result
     * @param supplier the supplier
     * @return asks the supplier in the context that is current now
     */
    <T> Supplier<T> wrapSupplier(Supplier<T> supplier);

    /**
     * Wraps a function.
     *
     * @param <T> the type of the argument
     * @param <R> the type of the result
     * @param function the function
     * @return applies the function in the context that is current now
     */
    <T, R> Function<T, R> wrapFunction(Function<T, R> function);

    /**
     * Wraps a function of two arguments.
     *
     * @param <T> the type of the first argument
     * @param <U> the type of the second argument
     * @param <R> the type of the result
     * @param function the function
     * @return applies the function in the context that is current now
     */
    <T, U, R> BiFunction<T, U, R> wrapBiFunction(BiFunction<T, U, R> function);

    /**
     * Wraps a consumer.
     *
     * @param <T> the type of the argument
     * @param consumer the consumer
     * @return calls the consumer in the context that is current now
     */
    <T> Consumer<T> wrapConsumer(Consumer<T> consumer);

    /**
     * Wraps a consumer of two arguments.
     *
     * @param <T> the type of the first argument
     * @param <U> the type of the second argument
     * @param consumer the consumer
     * @return calls the consumer in the context that is current now
     */
    <T, U> BiConsumer<T, U> wrapBiConsumer(BiConsumer<T, U> consumer);

    /**
     * Wraps an executor.
     *
     * @param executor runs the tasks
     * @return an executor whose tasks run in the context that is current when they are submitted
     */
    Executor wrapExecutor(Executor executor);

    /**
     * Wraps an executor service. To shut down either of the two is to shut down both.
     *
     * @param executor runs the tasks
     * @return an executor service whose tasks run in the context that is current when they are submitted
     */
    ExecutorService wrapExecutorService(ExecutorService executor);
}
