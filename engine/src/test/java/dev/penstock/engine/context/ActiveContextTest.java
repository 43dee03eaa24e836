package dev.penstock.engine.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.testing.SlyThrow;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // scopes are only closed
class ActiveContextTest {

    /** What was made into snapshots, in order. */
    private final List<String> made = new CopyOnWriteArrayList<>();

    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final ContextScopes contexts =
            new ContextScopes(this::snapshot, (message, cause) -> troubles.add(message + ": " + cause));

    private PropertySnapshot snapshot(Map<String, ?> properties) {
        String text = new TreeMap<>(properties).toString();
        made.add(text);
        return new PropertySnapshot(text.getBytes(UTF_8));
    }

    private ActiveContext active(RequestContext.Builder context) {
        try (ContextScope scope = contexts.enter(context.build())) {
            ActiveContext active = contexts.active();
            return active;
        }
    }

    private static String text(PropertySnapshot snapshot) {
        return snapshot == null ? null : new String(snapshot.record(), UTF_8);
    }

    @Test
    void shouldMakeNothingOfAContextThatKnowsNothing() {
        ActiveContext active = active(RequestContext.builder());

        assertThat(active.distinctId()).isNull();
        assertThat(active.properties("e")).isNull();
        assertThat(active.flags()).isNull();
        assertThat(made).isEmpty();
    }

    @Test
    void shouldMakePropertiesOnceAndOnlyWhenTheyAreNeeded() {
        ActiveContext active =
                active(RequestContext.builder().distinctId("user").property("a", 1));
        assertThat(active.distinctId()).isEqualTo("user");
        assertThat(made).isEmpty();

        PropertySnapshot first = active.properties("e");

        assertThat(active.properties("e")).isSameAs(first);
        assertThat(active.properties("f")).isSameAs(first);
        assertThat(active.properties(null)).isSameAs(first);
        assertThat(made).containsExactly("{a=1}");
    }

    @Test
    void shouldAddTheSession() {
        assertThat(text(active(RequestContext.builder().sessionId("s")).properties("e")))
                .isEqualTo("{$session_id=s}");
    }

    @Test
    void shouldPreferASessionPropertyOfTheSameContext() {
        RequestContext.Builder context =
                RequestContext.builder().property("$session_id", "said").sessionId("s");

        assertThat(text(active(context).properties("e"))).isEqualTo("{$session_id=said}");
    }

    @Test
    void shouldReplaceAnInheritedSession() {
        RequestContext outer = RequestContext.builder()
                .property("$session_id", "said")
                .sessionId("s1")
                .build();
        try (ContextScope scope = contexts.enter(outer)) {
            assertThat(text(active(RequestContext.builder()).properties("e"))).isEqualTo("{$session_id=said}");
            assertThat(text(active(RequestContext.builder().sessionId("s2")).properties("e")))
                    .isEqualTo("{$session_id=s2}");
            assertThat(text(active(RequestContext.builder().property("$session_id", "inner"))
                            .properties("e")))
                    .isEqualTo("{$session_id=inner}");
            scope.setSessionId("s3");
            assertThat(text(contexts.active().properties("e"))).isEqualTo("{$session_id=s3}");
        }
    }

    @Test
    void shouldAddPropertiesToEventsOfOneName() {
        ActiveContext active = active(RequestContext.builder()
                .sessionId("s")
                .properties(Map.of("a", 1, "b", 2))
                .eventProperties("bought", Map.of("b", 20, "c", 30))
                .eventProperties("sold", Map.of("$session_id", "own")));

        assertThat(text(active.properties("bought"))).isEqualTo("{$session_id=s, a=1, b=20, c=30}");
        assertThat(text(active.properties("sold"))).isEqualTo("{$session_id=own, a=1, b=2}");
        assertThat(text(active.properties("Bought"))).isEqualTo("{$session_id=s, a=1, b=2}");
        assertThat(text(active.properties(null))).isEqualTo("{$session_id=s, a=1, b=2}");
        assertThat(active.properties("bought")).isSameAs(active.properties("bought"));
        assertThat(made).hasSize(3);
    }

    @Test
    void shouldAddPropertiesToEventsOfOneNameAlone() {
        ActiveContext active = active(RequestContext.builder().eventProperties("bought", Map.of("c", 30)));

        assertThat(text(active.properties("bought"))).isEqualTo("{c=30}");
        assertThat(active.properties("sold")).isNull();
    }

    @Test
    void shouldMakeThemAnewWhenTheScopeHasLearntSomething() {
        try (ContextScope scope =
                contexts.enter(RequestContext.builder().property("a", 1).build())) {
            PropertySnapshot before = contexts.active().properties("e");
            scope.addProperties(Map.of("$response_status_code", 503));

            assertThat(text(contexts.active().properties("e"))).isEqualTo("{$response_status_code=503, a=1}");
            assertThat(text(before)).isEqualTo("{a=1}");
        }
    }

    @Test
    void shouldGiveThreadsThatComeAtTheSameTimeTheSameProperties() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Object value = new Object() {
            @Override
            public String toString() {
                try {
                    return "read " + (both.await(30, TimeUnit.SECONDS) >= 0);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        ActiveContext active = active(RequestContext.builder().property("a", value));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<PropertySnapshot> one = pool.submit(() -> active.properties("e"));
            Future<PropertySnapshot> other = pool.submit(() -> active.properties("e"));

            assertThat(text(one.get(30, TimeUnit.SECONDS))).isEqualTo("{a=read true}");
            assertThat(one.get()).isSameAs(other.get(30, TimeUnit.SECONDS)).isSameAs(active.properties("e"));
        } finally {
            pool.shutdownNow();
        }
        assertThat(made).hasSize(2);
    }

    @Test
    void shouldSurviveAValueThatCapturesWhileItIsRead() {
        List<ActiveContext> within = new ArrayList<>();
        Object value = new Object() {
            @Override
            public String toString() {
                within.add(contexts.active());
                return "read";
            }
        };
        try (ContextScope scope =
                contexts.enter(RequestContext.builder().property("a", value).build())) {
            ActiveContext active = contexts.active();
            assertThat(text(active.properties("e"))).isEqualTo("{a=read}");
            assertThat(contexts.active()).isSameAs(active);
        }
        assertThat(within).containsExactly((ActiveContext) null);
    }

    @Test
    void shouldLeaveOutPropertiesThatCannotBeReadAndSayItOnce() {
        Object value = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("on purpose");
            }
        };
        ActiveContext active = active(RequestContext.builder().property("a", value));

        assertThat(active.properties("e")).isNull();
        assertThat(active.properties("e")).isNull();
        assertThat(troubles)
                .containsExactly("the properties of a request context could not be read and are not added: "
                        + "java.lang.IllegalStateException: on purpose");
    }

    @Test
    void shouldAttachFlagsOnceReadToAllEvents() {
        FlagEvaluations evaluations = evaluations(Map.of("new-lobby", FlagValue.TRUE));
        ActiveContext active = active(RequestContext.builder().flags(evaluations));

        AttachedFlags attached = active.flags();

        assertThat(attached.values()).isEqualTo(Map.of("new-lobby", FlagValue.TRUE));
        assertThat(active.flags()).isSameAs(attached);
    }

    @Test
    void shouldInheritFlagsUntilThereAreOthers() {
        FlagEvaluations outer = evaluations(Map.of("a", FlagValue.TRUE));
        FlagEvaluations inner = evaluations(Map.of("b", FlagValue.FALSE));
        try (ContextScope scope =
                contexts.enter(RequestContext.builder().flags(outer).build())) {
            assertThat(active(RequestContext.builder().distinctId("other"))
                            .flags()
                            .values())
                    .containsOnlyKeys("a");
            assertThat(active(RequestContext.builder().flags(inner)).flags().values())
                    .containsOnlyKeys("b");
        }
    }

    @Test
    void shouldAttachNoFlagsThatCannotBeReadAndSayItOnce() {
        ActiveContext active = active(RequestContext.builder().flags(evaluations(null)));

        assertThat(active.flags().values()).isEmpty();
        assertThat(active.flags().values()).isEmpty();
        assertThat(troubles).singleElement().asString().startsWith("the flags of a request context could not be read");
    }

    /** An application's own evaluations, which have values or cannot be read. */
    private static FlagEvaluations evaluations(Map<String, FlagValue> values) {
        return (FlagEvaluations) Proxy.newProxyInstance(
                ActiveContextTest.class.getClassLoader(),
                new Class<?>[] {FlagEvaluations.class},
                (proxy, method, arguments) -> {
                    if (values == null || !method.getName().equals("values")) {
                        throw new IllegalStateException("on purpose");
                    }
                    return values;
                });
    }

    @Test
    void shouldContainCheckedExceptionsOfPropertiesAndFlags() {
        Object value = new Object() {
            @Override
            public String toString() {
                throw SlyThrow.of(new IOException());
            }
        };
        Map<String, FlagValue> flags = new AbstractMap<>() {
            @Override
            public Set<Entry<String, FlagValue>> entrySet() {
                throw SlyThrow.of(new IOException());
            }
        };
        ActiveContext active =
                active(RequestContext.builder().property("a", value).flags(evaluations(flags)));

        assertThat(active.properties("e")).isNull();
        assertThat(active.flags().values()).isEmpty();
        assertThat(troubles)
                .hasSize(2)
                .allSatisfy(trouble -> assertThat(trouble).endsWith("java.io.IOException"));
    }
}
