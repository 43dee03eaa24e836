package dev.penstock.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.engine.testing.Await;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // scopes are only closed
class CarriedContextTest {

    private static final long LONG = 30;

    private final ContextScopes contexts = new ContextScopes(properties -> null, (message, cause) -> {});
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingIsLeftOnAnyThread() throws Exception {
        if (!pool.isShutdown()) {
            assertThat(pool.submit(contexts::active).get(LONG, TimeUnit.SECONDS))
                    .isNull();
            pool.shutdownNow();
        }
        assertThat(contexts.active()).isNull();
    }

    @Test
    void shouldRunEveryKindOfCodeInTheContextThatWasCurrent() throws Exception {
        Runnable runnable;
        Callable<String> callable;
        Supplier<String> supplier;
        Consumer<String> consumer;
        BiConsumer<String, String> biConsumer;
        Function<String, String> function;
        BiFunction<String, String, String> biFunction;
        try (ContextScope scope = enter("user")) {
            runnable = contexts.wrapRunnable(() -> note("runnable"));
            callable = contexts.wrapCallable(() -> id("callable"));
            supplier = contexts.wrapSupplier(() -> id("supplier"));
            consumer = contexts.wrapConsumer(this::note);
            biConsumer = contexts.wrapBiConsumer((a, b) -> note(a + b));
            function = contexts.wrapFunction(this::id);
            biFunction = contexts.wrapBiFunction((a, b) -> id(a + b));
            scope.setDistinctId("later");
        }
        pool.submit(() -> {
                    runnable.run();
                    seen.add(callable.call());
                    seen.add(supplier.get());
                    consumer.accept("consumer");
                    biConsumer.accept("bi", "consumer");
                    seen.add(function.apply("function"));
                    seen.add(biFunction.apply("bi", "function"));
                    return null;
                })
                .get(LONG, TimeUnit.SECONDS);

        assertThat(seen)
                .containsExactly(
                        "runnable user",
                        "callable user",
                        "supplier user",
                        "consumer user",
                        "biconsumer user",
                        "function user",
                        "bifunction user");
    }

    @Test
    void shouldRunInNoContextWhatWasWrappedInNone() {
        Runnable task = contexts.wrapRunnable(() -> note("task"));
        try (ContextScope scope = enter("user")) {
            task.run();
            note("after");
        }

        assertThat(seen).containsExactly("task null", "after user");
    }

    @Test
    void shouldPutBackWhatWasCurrentBefore() {
        Runnable task;
        try (ContextScope scope = enter("carried")) {
            task = contexts.wrapRunnable(() -> note("task"));
        }
        try (ContextScope outer = enter("outer")) {
            ContextScope inner = enter("inner");
            task.run();
            note("after");
            inner.close();
            note("outside");
        }

        assertThat(seen).containsExactly("task carried", "after inner", "outside outer");
    }

    @Test
    void shouldPutBackWhatWasCurrentBeforeEvenIfTheCodeThrows() {
        try (ContextScope scope = enter("outer")) {
            Runnable task = contexts.wrapRunnable(() -> {
                throw new IllegalStateException("on purpose");
            });
            Callable<?> callable = contexts.wrapCallable(() -> {
                throw new IllegalStateException("on purpose");
            });
            Supplier<?> supplier = contexts.wrapSupplier(() -> {
                throw new IllegalStateException("on purpose");
            });
            scope.setDistinctId("changed");

            assertThatIllegalStateException().isThrownBy(task::run).withMessage("on purpose");
            assertThatIllegalStateException().isThrownBy(callable::call).withMessage("on purpose");
            assertThatIllegalStateException().isThrownBy(supplier::get).withMessage("on purpose");
            assertThat(contexts.current().distinctId()).isEqualTo("changed");
        }
    }

    @Test
    void shouldLetGoOfScopesThatTheCodeLeavesOpen() throws Exception {
        Runnable task;
        try (ContextScope scope = enter("carried")) {
            task = contexts.wrapRunnable(() -> enter("left open"));
        }
        pool.submit(task).get(LONG, TimeUnit.SECONDS);

        assertThat(pool.submit(contexts::active).get(LONG, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void shouldInheritFromTheCarriedContext() throws Exception {
        Callable<String> task;
        try (ContextScope scope = enter("carried")) {
            task = contexts.wrapCallable(() -> {
                try (ContextScope inner =
                        contexts.enter(RequestContext.builder().sessionId("s").build())) {
                    return contexts.current().distinctId() + contexts.current().sessionId() + (inner == scope);
                }
            });
        }

        assertThat(pool.submit(task).get(LONG, TimeUnit.SECONDS)).isEqualTo("carriedsfalse");
    }

    @Test
    void shouldNotBringBackAScopeThatTheCodeCloses() {
        ContextScope outer = enter("outer");
        ContextScope inner = enter("inner");
        contexts.wrapRunnable(inner::close).run();

        assertThat(contexts.current().distinctId()).isEqualTo("outer");
        contexts.wrapRunnable(outer::close).run();
        assertThat(contexts.active()).isNull();
    }

    @Test
    void shouldShareWhatWasMadeOfAContext() {
        try (ContextScope scope = enter("user")) {
            ActiveContext here = contexts.active();
            assertThat(contexts.wrapSupplier(contexts::active).get()).isSameAs(here);
        }
    }

    @Test
    void shouldRunTasksOfAnExecutorInTheContextOfTheirSubmission() {
        Queue<Runnable> submitted = new ArrayDeque<>();
        Executor executor = contexts.wrapExecutor(submitted::add);
        executor.execute(() -> note("before"));
        try (ContextScope scope = enter("one")) {
            executor.execute(() -> note("in one"));
            scope.setDistinctId("two");
            executor.execute(() -> note("in two"));
        }
        submitted.forEach(Runnable::run);

        assertThat(seen).containsExactly("before null", "in one one", "in two two");
    }

    @Test
    void shouldRunOnTheCallersOwnThreadAsWell() {
        try (ContextScope scope = enter("user")) {
            contexts.wrapExecutor(Runnable::run).execute(() -> note("task"));
            note("after");
        }

        assertThat(seen).containsExactly("task user", "after user");
    }

    @Test
    void shouldCarryTheContextThroughAllOfAnExecutorService() throws Exception {
        ExecutorService wrapped = contexts.wrapExecutorService(pool);
        try (ContextScope scope = enter("user")) {
            wrapped.execute(() -> note("execute"));
            wrapped.submit(() -> note("submit")).get(LONG, TimeUnit.SECONDS);
            assertThat(wrapped.submit(() -> note("submit with"), "result").get(LONG, TimeUnit.SECONDS))
                    .isEqualTo("result");
            List<Callable<String>> tasks = List.of(() -> id("a"), () -> id("b"));
            seen.add(wrapped.submit(tasks.get(0)).get(LONG, TimeUnit.SECONDS));
            for (Future<String> future : wrapped.invokeAll(tasks)) {
                seen.add(future.get());
            }
            for (Future<String> future : wrapped.invokeAll(tasks, LONG, TimeUnit.SECONDS)) {
                seen.add(future.get());
            }
            seen.add(wrapped.invokeAny(tasks.subList(0, 1)));
            seen.add(wrapped.invokeAny(tasks.subList(1, 2), LONG, TimeUnit.SECONDS));
        }

        assertThat(seen)
                .containsExactly(
                        "execute user",
                        "submit user",
                        "submit with user",
                        "a user",
                        "a user",
                        "b user",
                        "a user",
                        "b user",
                        "a user",
                        "b user");
    }

    @Test
    void shouldShutDownWhatItWraps() throws Exception {
        ExecutorService wrapped = contexts.wrapExecutorService(pool);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        wrapped.execute(() -> {
            begun.countDown();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(never::await);
            note("interrupted");
        });
        Await.latch(begun, "the first task runs");
        try (ContextScope scope = enter("user")) {
            wrapped.execute(() -> note("waiting"));
        }
        wrapped.shutdown();
        assertThat(pool.isShutdown()).isTrue();
        assertThat(wrapped.isShutdown()).isTrue();
        assertThat(wrapped.isTerminated()).isFalse();
        assertThat(wrapped.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();

        List<Runnable> waiting = wrapped.shutdownNow();
        assertThat(wrapped.awaitTermination(LONG, TimeUnit.SECONDS)).isTrue();
        assertThat(wrapped.isTerminated()).isTrue();
        waiting.forEach(Runnable::run);
        assertThat(seen).containsExactly("interrupted null", "waiting user");
    }

    @Test
    void shouldCarryTheContextThroughTheStagesOfAFuture() throws Exception {
        CompletableFuture<String> origin = new CompletableFuture<>();
        CompletableFuture<String> stages;
        CompletableFuture<Void> accepted;
        try (ContextScope scope = enter("user")) {
            stages = origin.thenApply(contexts.wrapFunction(this::id))
                    .thenApplyAsync(this::id, contexts.wrapExecutor(pool))
                    .handle(contexts.wrapBiFunction((value, failure) -> id(value)))
                    .whenComplete(contexts.wrapBiConsumer((value, failure) -> note("done")));
            accepted = stages.thenAccept(contexts.wrapConsumer(value -> note("accepted")));
        }
        // Only what is wrapped knows the context; the stage in between is submitted by whoever completes the one
        // before.
        pool.submit(() -> origin.complete("a")).get(LONG, TimeUnit.SECONDS);

        assertThat(stages.get(LONG, TimeUnit.SECONDS)).isEqualTo("a user null user");
        accepted.get(LONG, TimeUnit.SECONDS);
        assertThat(seen).containsExactly("done user", "accepted user");
    }

    @Test
    void shouldSayAtOnceThatNothingWasGiven() {
        ExecutorService service = contexts.wrapExecutorService(pool);

        assertThatNullPointerException().isThrownBy(() -> contexts.wrapRunnable(null));
        assertThatNullPointerException().isThrownBy(() -> contexts.wrapExecutor(null));
        assertThatNullPointerException().isThrownBy(() -> contexts.wrapExecutorService(null));
        assertThatNullPointerException()
                .isThrownBy(() -> contexts.wrapExecutor(Runnable::run).execute(null));
        assertThatNullPointerException().isThrownBy(() -> service.submit((Callable<?>) null));
        assertThatNullPointerException().isThrownBy(() -> service.execute(null));
        assertThatNullPointerException().isThrownBy(() -> service.invokeAll(Arrays.asList((Callable<String>) null)));
    }

    @Test
    void shouldKeepVirtualThreadsApart() throws Exception {
        ExecutorService virtual = virtualThreads();
        assumeTrue(virtual != null, "this JDK has no virtual threads");
        try {
            ExecutorService wrapped = contexts.wrapExecutorService(virtual);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                try (ContextScope scope = enter("user-" + i)) {
                    answers.add(wrapped.submit(() -> {
                        String before = contexts.current().distinctId();
                        try (ContextScope own = enter("inside " + before)) {
                            LockSupport.parkNanos(1_000); // lets go of the carrier; how long does not matter
                            own.setSessionId("s");
                            return before + ", " + contexts.current().distinctId();
                        }
                    }));
                }
            }
            List<String> expected = IntStream.range(0, 500)
                    .mapToObj(i -> "user-" + i + ", inside user-" + i)
                    .toList();
            List<String> actual = new ArrayList<>();
            for (Future<String> answer : answers) {
                actual.add(answer.get(LONG, TimeUnit.SECONDS));
            }
            assertThat(actual).isEqualTo(expected);
            assertThat(virtual.submit(contexts::active).get(LONG, TimeUnit.SECONDS))
                    .isNull();
        } finally {
            virtual.shutdownNow();
        }
    }

    /** A thread for each task, or null before JDK 21. */
    private static ExecutorService virtualThreads() throws Exception {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        Method method = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        return (ExecutorService) method.invoke(null);
    }

    private ContextScope enter(String distinctId) {
        return contexts.enter(RequestContext.builder().distinctId(distinctId).build());
    }

    private String id(String what) {
        return what + ' ' + contexts.current().distinctId();
    }

    private void note(String what) {
        seen.add(id(what));
    }
}
