package dev.penstock.engine.context;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An executor service whose tasks run in the context that is current when they are submitted. Everything else is its
 * delegate's: each call is handed to the same method there, so that futures, rejection and shutdown are as it makes them.
 *
 * <p><b>Threads:</b> as the delegate.
 */
final class ContextExecutorService implements ExecutorService {

    private final ExecutorService delegate;
    private final ThreadScopes scopes;

    ContextExecutorService(ExecutorService delegate, ThreadScopes scopes) {
        this.delegate = delegate;
        this.scopes = scopes;
    }

    @Override
    public void execute(Runnable task) {
        delegate.execute(wrapped(task));
    }

    @Override
    public Future<?> submit(Runnable task) {
        return delegate.submit(wrapped(task));
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return delegate.submit(wrapped(task), result);
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return delegate.submit(wrapped(task));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return delegate.invokeAll(wrapped(tasks));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return delegate.invokeAll(wrapped(tasks), timeout, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        return delegate.invokeAny(wrapped(tasks));
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return delegate.invokeAny(wrapped(tasks), timeout, unit);
    }

    private Runnable wrapped(Runnable task) {
        return CarriedContext.current(scopes).runnable(given(task));
    }

    private <T> Callable<T> wrapped(Callable<T> task) {
        return CarriedContext.current(scopes).callable(given(task));
    }

    private <T> List<Callable<T>> wrapped(Collection<? extends Callable<T>> tasks) {
        CarriedContext current = CarriedContext.current(scopes);
        List<Callable<T>> wrapped = new ArrayList<>(tasks.size());
        tasks.forEach(task -> wrapped.add(current.callable(given(task))));
        return wrapped;
    }

    /** Wrapped, a task that is null would only be found out on the other thread. */
    private static <T> T given(T task) {
        return requireNonNull(task, "task");
    }

    @Override
    public void shutdown() {
        delegate.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return delegate.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return delegate.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return delegate.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return delegate.awaitTermination(timeout, unit);
    }
}
