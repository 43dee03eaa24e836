package dev.penstock.engine.context;

import static java.util.Objects.requireNonNull;

import dev.penstock.client.context.ContextClient;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.record.PropertySnapshot;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The contexts of one client.
 *
 * <p><b>Threads:</b> any; see {@link ContextClient}.
 */
public final class ContextScopes implements ContextClient {

    private final ThreadScopes scopes = new ThreadScopes();
    private final ContextMaking making;

    /**
     * Makes contexts for a client.
     *
     * @param snapshots makes properties a snapshot; called at the first event of a scope, and at the first of each name that
     *     has properties of its own, by the capturing thread and outside any context
     * @param trouble told in a sentence what of a context could not be used, with the exception
     */
    public ContextScopes(Function<Map<String, ?>, PropertySnapshot> snapshots, BiConsumer<String, Throwable> trouble) {
        this.making = new ContextMaking(snapshots, trouble, scopes);
    }

    /**
     * What an event that is captured now takes from its request. Costs one load of a field before the first scope.
     *
     * @return the context that is current on this thread, or null
     */
    public ActiveContext active() {
        return scopes.active();
    }

    /**
     * What flags are evaluated for, with what the request knows beneath what the question says.
     *
     * @param explicit what the question says, or null
     * @return the same if nothing is to be added
     */
    public FlagContext flagContext(FlagContext explicit) {
        ActiveContext active = scopes.active();
        return active == null ? explicit : active.beneath(explicit);
    }

    @Override
    public ContextScope enter(RequestContext context) {
        return scopes.enter(new ActiveContext(orEmpty(context).over(current()), making));
    }

    @Override
    public ContextScope enterFresh(RequestContext context) {
        return scopes.enter(new ActiveContext(orEmpty(context), making));
    }

    private static RequestContext orEmpty(RequestContext context) {
        return context == null ? RequestContext.EMPTY : context;
    }

    @Override
    public RequestContext current() {
        ActiveContext active = scopes.active();
        return active == null ? RequestContext.EMPTY : active.values();
    }

    @Override
    public Runnable wrapRunnable(Runnable task) {
        return carried().runnable(requireNonNull(task, "task"));
    }

    @Override
    public <T> Callable<T> wrapCallable(Callable<T> task) {
        return carried().callable(requireNonNull(task, "task"));
    }

    @Override
    public <T> Supplier<T> wrapSupplier(Supplier<T> supplier) {
        return carried().supplier(requireNonNull(supplier, "supplier"));
    }

    @Override
    public <T, R> Function<T, R> wrapFunction(Function<T, R> function) {
        return carried().function(requireNonNull(function, "function"));
    }

    @Override
    public <T, U, R> BiFunction<T, U, R> wrapBiFunction(BiFunction<T, U, R> function) {
        return carried().biFunction(requireNonNull(function, "function"));
    }

    @Override
    public <T> Consumer<T> wrapConsumer(Consumer<T> consumer) {
        return carried().consumer(requireNonNull(consumer, "consumer"));
    }

    @Override
    public <T, U> BiConsumer<T, U> wrapBiConsumer(BiConsumer<T, U> consumer) {
        return carried().biConsumer(requireNonNull(consumer, "consumer"));
    }

    @Override
    public Executor wrapExecutor(Executor executor) {
        requireNonNull(executor, "executor");
        return task -> executor.execute(wrapRunnable(task));
    }

    @Override
    public ExecutorService wrapExecutorService(ExecutorService executor) {
        return new ContextExecutorService(requireNonNull(executor, "executor"), scopes);
    }

    private CarriedContext carried() {
        return CarriedContext.current(scopes);
    }
}
