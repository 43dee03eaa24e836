package dev.penstock.engine.context;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The context that was current when this was made, on its way to wherever code is to run in it. Afterwards the thread is as it
 * was, also if the code throws.
 *
 * @param scopes where it is put in place
 * @param active the context; null if there was none, then the code runs in none
 */
record CarriedContext(ThreadScopes scopes, ActiveContext active) {

    static CarriedContext current(ThreadScopes scopes) {
        return new CarriedContext(scopes, scopes.active());
    }

    Runnable runnable(Runnable task) {
        return () -> {
            Scope before = scopes.replace(active);
            try {
                task.run();
            } finally {
                scopes.restore(before);
            }
        };
    }

    <T> Callable<T> callable(Callable<T> task) {
        return () -> {
            Scope before = scopes.replace(active);
            try {
                return task.call();
            } finally {
                scopes.restore(before);
            }
        };
    }

    <T> Supplier<T> supplier(Supplier<T> supplier) {
        return () -> {
            Scope before = scopes.replace(active);
            try {
                return supplier.get();
            } finally {
                scopes.restore(before);
            }
        };
    }

    <T, R> Function<T, R> function(Function<T, R> function) {
        return argument -> supplier(() -> function.apply(argument)).get();
    }

    <T, U, R> BiFunction<T, U, R> biFunction(BiFunction<T, U, R> function) {
        return (first, second) -> supplier(() -> function.apply(first, second)).get();
    }

    <T> Consumer<T> consumer(Consumer<T> consumer) {
        return argument -> runnable(() -> consumer.accept(argument)).run();
    }

    <T, U> BiConsumer<T, U> biConsumer(BiConsumer<T, U> consumer) {
        return (first, second) -> runnable(() -> consumer.accept(first, second)).run();
    }
}
