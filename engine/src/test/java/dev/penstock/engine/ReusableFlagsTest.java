package dev.penstock.engine;

import static dev.penstock.engine.FlagDefinitionsText.CHANGED;
import static dev.penstock.engine.FlagDefinitionsText.SAMPLE;
import static dev.penstock.engine.FlagDefinitionsText.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagOverride;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.client.flags.ReusableFlags;
import dev.penstock.collector.Collector;
import dev.penstock.collector.FlagRoute;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Evaluating into flags that are used again answers and reports what new evaluations would. */
@Timeout(60)
class ReusableFlagsTest {

    private static final String SECRET = "phs_1";
    private static final FlagContext PLAYER = FlagContext.of("player-1");
    private static final FlagContext PRO = FlagContext.of("player-2", Map.of("plan", "pro"));
    private static final FlagContext NOBODY = FlagContext.of(null);
    private static final FlagOptions ASKING = FlagOptions.DEFAULT.withRemoteFallback(true);
    private static final List<String> KEYS =
            Arrays.asList("on", "off", "split", "pro", "extra", "forced", "none", null);
    private static final String ANSWER = """
            {"flags": {"pro": {"key": "pro", "enabled": true, "variant": "gold"},
               "none": {"key": "none", "enabled": true}},
             "errorsWhileComputingFlags": false, "requestId": "r-1", "evaluatedAt": 1767225600000}
            """;
    private static final int BURST = 1_000;
    private static final int WARM_UP_BURSTS = 100;
    private static final int BURSTS = 100;

    private final Collector collector =
            Collector.builder().secretKey(SECRET).apiKey("phc_test").start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private ClientFixture bootstrapped() {
        collector.flags().answer(ANSWER);
        return ClientFixture.of(collector, config -> config.flagDefinitionsJson(bytes(SAMPLE)));
    }

    private List<Object> usesOf(ClientFixture fixture) {
        fixture.flush();
        return collector.events().stream()
                .filter(event -> event.event().equals("$feature_flag_called"))
                .map(event -> event.distinctId()
                        + ' '
                        + event.property("$feature_flag")
                        + ' '
                        + event.property("$feature_flag_response"))
                .map(Object.class::cast)
                .toList();
    }

    private static void assertSame(ReusableFlags flags, FlagEvaluations expected) {
        assertThat(flags.distinctId()).isEqualTo(expected.distinctId());
        for (String key : KEYS) {
            FlagResult result = flags.getFlagResult(key);
            FlagResult other = expected.getFlagResult(key);
            assertThat(result.value()).as(key).isEqualTo(other.value());
            assertThat(result.key()).isEqualTo(other.key());
            assertThat(result.error()).as(key).isEqualTo(other.error());
            assertThat(result.reason()).isEqualTo(other.reason());
            assertThat(flags.getFlag(key)).isEqualTo(expected.getFlag(key));
            assertThat(flags.isEnabled(key)).isEqualTo(expected.isEnabled(key));
            assertThat(flags.isEnabled(key, true)).isEqualTo(expected.isEnabled(key, true));
            assertThat(flags.getPayload(key).isPresent())
                    .isEqualTo(expected.getPayload(key).isPresent());
        }
        Map<String, FlagValue> values = new HashMap<>();
        flags.forEach(result -> values.put(result.key(), result.value()));
        assertThat(values).isEqualTo(expected.values());
        assertThat(flags.copy().values()).isEqualTo(expected.values());
    }

    @Test
    void shouldAnswerWhatNewEvaluationsAnswerWhoeverIsNext() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient client = fixture.client().flags();
            ReusableFlags flags = client.reusableFlags();
            assertSame(flags, client.evaluateFlags(NOBODY, FlagOptions.DEFAULT));
            FlagOptions some = FlagOptions.DEFAULT.withKeys(List.of("on", "none"));
            for (FlagOptions options : List.of(FlagOptions.DEFAULT, some, ASKING)) {
                for (FlagContext context : List.of(PLAYER, PRO, NOBODY, PLAYER)) {
                    assertSame(flags.evaluate(context, options), client.evaluateFlags(context, options));
                }
            }
            assertThat(collector.flags().requestsTo(FlagRoute.EVALUATION)).isNotEmpty();
        }
    }

    @Test
    void shouldAnswerForcedValuesUntilTheyEnd() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient client = fixture.client().flags();
            ReusableFlags flags = client.reusableFlags();
            client.override(
                    List.of(FlagOverride.of("on", FlagValue.FALSE), FlagOverride.of("forced", FlagValue.variant("x"))));
            assertSame(flags.evaluate(PLAYER, FlagOptions.DEFAULT), client.evaluateFlags(PLAYER, FlagOptions.DEFAULT));
            assertThat(flags.getFlag("forced")).isEqualTo(FlagValue.variant("x"));

            client.override(List.of());
            assertThat(flags.isEnabled("on")).isFalse();
            assertSame(flags.evaluate(PLAYER, FlagOptions.DEFAULT), client.evaluateFlags(PLAYER, FlagOptions.DEFAULT));
            assertThat(flags.isEnabled("on")).isTrue();
        }
    }

    @Test
    void shouldAnswerFromTheDefinitionsOfTheLatestEvaluation() throws Exception {
        collector.flags().definitions(SAMPLE);
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.secretKey(SECRET))) {
            FlagClient client = fixture.client().flags();
            assertThat(client.awaitLocalEvaluation(Await.LONG)).isTrue();
            ReusableFlags flags = client.reusableFlags().evaluate(PLAYER, FlagOptions.DEFAULT);
            collector.flags().definitions(CHANGED);
            assertThat(client.reload().toCompletableFuture().join()).isTrue();

            assertThat(flags.isEnabled("on")).isTrue();
            assertThat(flags.getFlag("extra")).isSameAs(FlagValue.MISSING);
            assertSame(flags.evaluate(PLAYER, FlagOptions.DEFAULT), client.evaluateFlags(PLAYER, FlagOptions.DEFAULT));
            assertThat(flags.isEnabled("on")).isFalse();
            assertThat(flags.isEnabled("extra")).isTrue();
        }
    }

    @Test
    void shouldReportTheUseOfWhatIsReadAndOfNothingElse() {
        try (ClientFixture fixture = bootstrapped()) {
            ReusableFlags flags = fixture.client().flags().reusableFlags();
            for (FlagContext context : List.of(PLAYER, PRO, PLAYER)) {
                flags.evaluate(context, FlagOptions.DEFAULT);
                flags.isEnabled("on");
                flags.isEnabled("on");
                flags.getFlag("pro");
                flags.getPayload("split");
                flags.forEach(result -> {});
                flags.copy();
            }
            flags.evaluate(PLAYER, FlagOptions.DEFAULT.withUsageEvents(false)).isEnabled("off");
            flags.evaluate(NOBODY, FlagOptions.DEFAULT).isEnabled("off");

            assertThat(usesOf(fixture))
                    .containsExactlyInAnyOrder(
                            "player-1 on true", "player-1 pro null", "player-2 on true", "player-2 pro true");
        }
    }

    @Test
    void shouldCountAReadOnceThoughACopyIsReadAsWell() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.flagDefinitionsJson(bytes(SAMPLE))
                        .flagUsage(FlagUsage.SUMMARIES)
                        .flagSummaryInterval(Duration.ofSeconds(1)))) {
            FlagClient client = fixture.client().flags();
            client.override(List.of(FlagOverride.of("forced", FlagValue.TRUE)));
            ReusableFlags flags = client.reusableFlags();
            for (int i = 0; i < 100; i++) {
                flags.evaluate(FlagContext.of("player-" + i), FlagOptions.DEFAULT);
                flags.isEnabled("on");
                flags.copy().isEnabled("on");
            }
        }
        long reads = collector.events().stream()
                .filter(event -> "on".equals(event.property("$feature_flag")))
                .mapToLong(event -> ((Number) event.property("reads")).longValue())
                .sum();
        assertThat(reads).isEqualTo(100);
    }

    @Test
    void shouldLeaveACopyAsItWas() {
        try (ClientFixture fixture = bootstrapped()) {
            ReusableFlags flags = fixture.client().flags().reusableFlags().evaluate(PRO, FlagOptions.DEFAULT);
            flags.isEnabled("on");
            FlagEvaluations copy = flags.copy();
            flags.isEnabled("split");
            flags.evaluate(PLAYER, FlagOptions.DEFAULT);

            assertThat(copy.distinctId()).isEqualTo("player-2");
            assertThat(copy.isEnabled("pro")).isTrue();
            assertThat(copy.onlyAccessed().keys()).containsExactlyInAnyOrder("on", "pro");
            fixture.client().event("opened").distinctId("player-2").flags(copy).send();
            fixture.flush();
            ReceivedEvent opened = collector.events().stream()
                    .filter(event -> event.event().equals("opened"))
                    .findFirst()
                    .orElseThrow();
            assertThat(opened.properties()).containsEntry("$feature/split", "a").containsEntry("$feature/pro", true);
        }
    }

    @Test
    void shouldLeaveACopyOfTheServersAnswersAsItWas() {
        try (ClientFixture fixture = bootstrapped()) {
            ReusableFlags flags = fixture.client().flags().reusableFlags().evaluate(PLAYER, ASKING);
            flags.isEnabled("pro");
            FlagEvaluations copy = flags.copy();
            flags.isEnabled("on");

            assertThat(copy.requestId()).contains("r-1");
            assertThat(copy.onlyAccessed().keys()).containsExactly("pro");
        }
    }

    @Test
    void shouldAskAboutThePersonOfTheRequest() {
        try (ClientFixture fixture = bootstrapped()) {
            ReusableFlags flags = fixture.client().flags().reusableFlags();
            RequestContext request =
                    RequestContext.builder().distinctId("player-9").build();
            try (ContextScope scope = fixture.client().contexts().enter(request)) {
                assertThat(scope).isNotNull();
                flags.evaluate(null, FlagOptions.DEFAULT);
            }
            assertThat(flags.distinctId()).isEqualTo("player-9");
            assertThat(flags.isEnabled("on")).isTrue();
        }
    }

    @Test
    void shouldGoOnAfterCloseAndReportNothing() {
        ReusableFlags flags;
        try (ClientFixture fixture = bootstrapped()) {
            flags = fixture.client().flags().reusableFlags();
        }
        assertThat(flags.evaluate(PLAYER, FlagOptions.DEFAULT).isEnabled("on")).isTrue();
        assertThat(collector.events()).isEmpty();
    }

    @Test
    void shouldNotAllocate() {
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.flagDefinitionsJson(bytes(SAMPLE)).flagUsage(FlagUsage.EVENTS))) {
            ReusableFlags flags = fixture.client().flags().reusableFlags();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = 0;
            int on = 0;
            for (int burst = 0; burst < WARM_UP_BURSTS + BURSTS; burst++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < BURST; i++) {
                    flags.evaluate(i % 2 == 0 ? PLAYER : PRO, FlagOptions.DEFAULT);
                    on += flags.isEnabled("on") ? 1 : 0;
                    on += flags.getFlag("pro").isEnabled() ? 1 : 0;
                }
                allocated += burst < WARM_UP_BURSTS ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(on).isEqualTo((WARM_UP_BURSTS + BURSTS) * BURST / 2 * 3);
            assertThat((double) allocated / BURST / BURSTS).isLessThan(1.0);
        }
    }
}
