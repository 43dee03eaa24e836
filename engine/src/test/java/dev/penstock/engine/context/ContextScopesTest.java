package dev.penstock.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.engine.record.TestSeed;
import dev.penstock.engine.testing.Await;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // scopes are only closed
class ContextScopesTest {

    private final ContextScopes contexts = new ContextScopes(properties -> null, (message, cause) -> {});

    @AfterEach
    void nothingIsLeftOnTheThread() {
        assertThat(contexts.active()).isNull();
        assertThat(contexts.current()).isSameAs(RequestContext.EMPTY);
    }

    @Test
    void shouldBeInNoContextBeforeTheFirstScope() {
        assertThat(contexts.active()).isNull();
        assertThat(contexts.current()).isSameAs(RequestContext.EMPTY);
    }

    @Test
    void shouldInheritAndOverrideInNestedScopes() {
        RequestContext outer =
                RequestContext.builder().sessionId("s").property("a", 1).build();
        try (ContextScope first = contexts.enter(user("outer"));
                ContextScope second = contexts.enter(outer);
                ContextScope third = contexts.enter(user("inner"))) {
            assertThat(contexts.current().distinctId()).isEqualTo("inner");
            assertThat(contexts.current().sessionId()).isEqualTo("s");
            assertThat(contexts.current().properties()).isEqualTo(Map.of("a", 1));
            third.close();
            assertThat(contexts.current().distinctId()).isEqualTo("outer");
            assertThat(contexts.current().sessionId()).isEqualTo("s");
            second.close();
            assertThat(contexts.current().sessionId()).isNull();
            first.close();
            assertThat(contexts.active()).isNull();
        }
    }

    @Test
    void shouldInheritNothingInAFreshScope() {
        try (ContextScope outer = contexts.enter(user("outer"))) {
            try (ContextScope fresh =
                    contexts.enterFresh(RequestContext.builder().sessionId("s").build())) {
                assertThat(contexts.current().distinctId()).isNull();
                assertThat(contexts.current().sessionId()).isEqualTo("s");
                fresh.addProperties(Map.of("a", 1));
            }
            assertThat(contexts.current().distinctId()).isEqualTo("outer");
            assertThat(contexts.current().sessionId()).isNull();
        }
    }

    @Test
    void shouldTakeNoContextForAnEmptyOne() {
        try (ContextScope scope = contexts.enter(null)) {
            assertThat(contexts.active()).isNotNull();
            assertThat(contexts.active().distinctId()).isNull();
            scope.setDistinctId("user");
            try (ContextScope fresh = contexts.enterFresh(null)) {
                assertThat(contexts.active().distinctId()).isNull();
            }
        }
    }

    @Test
    void shouldCloseOnlyOnce() {
        ContextScope outer = contexts.enter(user("outer"));
        ContextScope inner = contexts.enter(user("inner"));
        inner.close();
        inner.close();

        assertThat(contexts.current().distinctId()).isEqualTo("outer");
        outer.close();
        outer.close();
        inner.close();
    }

    @Test
    void shouldKeepTheInnerScopeWhenTheOuterIsClosedFirst() {
        ContextScope outer = contexts.enter(user("outer"));
        ContextScope middle = contexts.enter(user("middle"));
        ContextScope inner =
                contexts.enter(RequestContext.builder().sessionId("s").build());

        middle.close();
        assertThat(contexts.current().distinctId()).isEqualTo("middle"); // inherited when it was entered
        inner.close();
        assertThat(contexts.current().distinctId()).isEqualTo("outer");
        outer.close();
    }

    @Test
    void shouldBeInNoContextWhenAllScopesWereClosedInTheWrongOrder() {
        ContextScope outer = contexts.enter(user("outer"));
        ContextScope inner = contexts.enter(user("inner"));

        outer.close();
        assertThat(contexts.current().distinctId()).isEqualTo("inner");
        inner.close();
        assertThat(contexts.active()).isNull();
    }

    @Test
    void shouldDropAScopeThatAnotherThreadClosed() {
        ContextScope outer = contexts.enter(user("outer"));
        ContextScope inner = contexts.enter(user("inner"));

        elsewhere(inner::close);
        assertThat(contexts.current().distinctId()).isEqualTo("outer");
        elsewhere(outer::close);
        assertThat(contexts.active()).isNull();
    }

    @Test
    void shouldInheritNothingFromAScopeThatAnotherThreadClosed() {
        elsewhere(contexts.enter(user("gone"))::close);

        try (ContextScope scope = contexts.enter(RequestContext.EMPTY)) {
            assertThat(contexts.current().distinctId()).isNull();
        }
    }

    @Test
    void shouldNotDisturbTheScopesOfTheThreadThatClosesAForeignOne() {
        ContextScope scope = contexts.enter(user("one"));
        elsewhere(() -> {
            ContextScope own = contexts.enter(user("two"));
            scope.close();
            assertThat(contexts.current().distinctId()).isEqualTo("two");
            own.close();
            assertThat(contexts.active()).isNull();
        });
    }

    @Test
    void shouldLearnOnTheWay() {
        RequestContext headers = RequestContext.builder()
                .distinctId("from header")
                .sessionId("s1")
                .property("$session_id", "said")
                .build();
        try (ContextScope scope = contexts.enterFresh(headers)) {
            scope.setDistinctId("authenticated");
            scope.setSessionId("s2");
            scope.addProperties(Map.of("a", 1, "b", 2));
            scope.addProperties(Map.of("b", 3));
            scope.setPersonPropertiesForFlags(Map.of("plan", "pro", "age", 7));
            scope.setPersonPropertiesForFlags(Map.of("age", 8));
            scope.setGroupPropertiesForFlags("company", Map.of("plan", "pro"));
            scope.setGroupPropertiesForFlags("company", Map.of("size", 9));
            scope.setGroupPropertiesForFlags("guild", Map.of("level", 1));

            RequestContext known = contexts.current();
            assertThat(known.distinctId()).isEqualTo("authenticated");
            assertThat(known.sessionId()).isEqualTo("s2");
            assertThat(known.properties()).isEqualTo(Map.of("a", 1, "b", 3));
            assertThat(known.personPropertiesForFlags()).isEqualTo(Map.of("plan", "pro", "age", 8));
            assertThat(known.groupPropertiesForFlags())
                    .isEqualTo(Map.of("company", Map.of("plan", "pro", "size", 9), "guild", Map.of("level", 1)));
        }
    }

    @Test
    void shouldForgetWhatFlagsWereToKnow() {
        RequestContext inherited = RequestContext.builder()
                .personPropertiesForFlags(Map.of("plan", "pro"))
                .groupPropertiesForFlags("company", Map.of("plan", "pro"))
                .groupPropertiesForFlags("guild", Map.of("level", 1))
                .build();
        try (ContextScope outer = contexts.enter(inherited)) {
            try (ContextScope scope = contexts.enter(user("user"))) {
                scope.resetPersonPropertiesForFlags();
                assertThat(contexts.current().personPropertiesForFlags()).isEmpty();
                scope.resetGroupPropertiesForFlags("company");
                assertThat(contexts.current().groupPropertiesForFlags()).containsOnlyKeys("guild");
                scope.resetGroupPropertiesForFlags();
                assertThat(contexts.current().groupPropertiesForFlags()).isEmpty();
                assertThat(contexts.current().distinctId()).isEqualTo("user");
            }
            assertThat(contexts.current()).usingRecursiveComparison().isEqualTo(inherited);
        }
    }

    @Test
    void shouldIgnoreWhatSaysNothing() {
        try (ContextScope scope = contexts.enter(whole())) {
            scope.setDistinctId(null);
            scope.setDistinctId(" ");
            scope.setSessionId("");
            scope.addProperties(null);
            scope.addProperties(Map.of());
            scope.setPersonPropertiesForFlags(null);
            scope.setGroupPropertiesForFlags(null, Map.of("a", 1));
            scope.setGroupPropertiesForFlags("company", null);
            scope.resetGroupPropertiesForFlags(null);

            assertThat(contexts.current()).usingRecursiveComparison().isEqualTo(whole());
        }
    }

    @Test
    void shouldLearnNothingAfterClose() {
        ContextScope outer = contexts.enter(user("outer"));
        ContextScope inner = contexts.enter(user("inner"));
        outer.close();
        outer.setDistinctId("late");
        outer.resetPersonPropertiesForFlags();
        inner.close();

        assertThat(contexts.active()).isNull();
    }

    @Test
    void shouldKeepWhatAnInnerScopeHasLearntFromTheOuter() {
        try (ContextScope outer = contexts.enter(user("outer"))) {
            try (ContextScope inner = contexts.enter(RequestContext.EMPTY)) {
                inner.setDistinctId("inner");
                outer.setSessionId("later");
                assertThat(contexts.current().sessionId()).isNull();
            }
            assertThat(contexts.current().distinctId()).isEqualTo("outer");
            assertThat(contexts.current().sessionId()).isEqualTo("later");
        }
    }

    @Test
    void shouldLearnFromAnotherThread() {
        try (ContextScope scope = contexts.enter(user("user"))) {
            elsewhere(() -> scope.setSessionId("s"));
            assertThat(contexts.current().sessionId()).isEqualTo("s");
        }
    }

    @Test
    void shouldLoseNothingThatManyThreadsAddAtOnce() throws Exception {
        int threads = 4;
        int each = 200;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (ContextScope scope = contexts.enter(RequestContext.EMPTY)) {
            List<Future<?>> added = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                added.add(pool.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        scope.addProperties(Map.of(thread + "-" + n, n));
                    }
                }));
            }
            for (Future<?> future : added) {
                future.get(30, TimeUnit.SECONDS);
            }
            assertThat(contexts.current().properties()).hasSize(threads * each);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void shouldKeepTheContextsOfClientsApart() {
        ContextScopes others = new ContextScopes(properties -> null, (message, cause) -> {});
        try (ContextScope scope = contexts.enter(user("mine"))) {
            assertThat(others.active()).isNull();
            try (ContextScope other = others.enter(user("theirs"))) {
                assertThat(contexts.current().distinctId()).isEqualTo("mine");
                assertThat(others.current().distinctId()).isEqualTo("theirs");
            }
        }
    }

    @Test
    void shouldShowOneRequestNothingOfTheLastOnAPooledThread() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            pool.submit(() -> contexts.enterFresh(user("first")).close()).get(30, TimeUnit.SECONDS);
            assertThat(pool.submit(contexts::active).get(30, TimeUnit.SECONDS)).isNull();
            pool.submit(() -> contexts.enterFresh(user("forgotten"))).get(30, TimeUnit.SECONDS);
            String next = pool.submit(() -> {
                        try (ContextScope scope = contexts.enterFresh(
                                RequestContext.builder().sessionId("s").build())) {
                            scope.addProperties(Map.of("a", 1));
                            return contexts.current().toString();
                        }
                    })
                    .get(30, TimeUnit.SECONDS);
            assertThat(next).isEqualTo("RequestContext{distinctId=null, sessionId=s, properties=1}");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void shouldLeaveNothingOfAScopeOnTheThread() {
        WeakReference<ContextScope> closed = new WeakReference<>(opened());
        closed.get().close();

        awaitCollected(closed);
    }

    @Test
    void shouldLeaveNothingOfAScopeThatAnotherThreadClosed() {
        WeakReference<ContextScope> closed = new WeakReference<>(opened());
        elsewhere(closed.get()::close);
        assertThat(contexts.active()).isNull();

        awaitCollected(closed);
    }

    @Test
    void shouldHoldOnToNoClosedScopeBehindAnOpenOne() {
        WeakReference<ContextScope> first = new WeakReference<>(opened());
        WeakReference<ContextScope> second = new WeakReference<>(opened());
        ContextScope open = contexts.enter(user("open"));
        first.get().close();
        elsewhere(second.get()::close);
        ContextScope next = contexts.enter(user("next"));

        awaitCollected(first);
        awaitCollected(second);
        next.close();
        assertThat(contexts.current().distinctId()).isEqualTo("open");
        open.close();
    }

    private ContextScope opened() {
        return contexts.enter(user("user"));
    }

    private static void awaitCollected(WeakReference<?> reference) {
        Await.until(
                () -> {
                    System.gc();
                    return reference.get() == null;
                },
                "the scope is collected");
    }

    @Test
    void shouldNeverMixUpThreads() {
        TestSeed.run(random -> {
            int threads = 8;
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    String name = "thread-" + i;
                    SplittableRandom own = random.split();
                    done.add(pool.submit(() -> {
                        Await.latch(start, "start");
                        openAndCloseAtRandom(name, own);
                    }));
                }
                start.countDown();
                for (Future<?> future : done) {
                    future.get(30, TimeUnit.SECONDS);
                }
            } finally {
                pool.shutdownNow();
            }
        });
    }

    private void openAndCloseAtRandom(String name, SplittableRandom random) {
        Deque<ContextScope> open = new ArrayDeque<>();
        Deque<String> ids = new ArrayDeque<>();
        for (int i = 0; i < 5_000; i++) {
            if (open.isEmpty() || (open.size() < 6 && random.nextBoolean())) {
                ids.push(name + '-' + i);
                open.push(
                        random.nextBoolean()
                                ? contexts.enter(user(ids.peek()))
                                : contexts.enterFresh(user(ids.peek())));
            } else {
                ids.pop();
                open.pop().close();
            }
            assertThat(contexts.current().distinctId()).isEqualTo(ids.peek());
        }
        open.forEach(ContextScope::close);
        assertThat(contexts.active()).isNull();
    }

    private static void elsewhere(Runnable task) {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((any, thrown) -> failure[0] = thrown);
        thread.start();
        Await.end(thread);
        assertThat(failure[0]).isNull();
    }

    private static RequestContext user(String distinctId) {
        return RequestContext.builder().distinctId(distinctId).build();
    }

    private static RequestContext whole() {
        return RequestContext.builder()
                .distinctId("user")
                .sessionId("s")
                .property("a", 1)
                .personPropertiesForFlags(Map.of("plan", "pro"))
                .groupPropertiesForFlags("company", Map.of("plan", "pro"))
                .build();
    }
}
