package dev.penstock.engine;

import static dev.penstock.engine.FlagDefinitionsText.CHANGED;
import static dev.penstock.engine.FlagDefinitionsText.SAMPLE;
import static dev.penstock.engine.FlagDefinitionsText.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.OverflowPolicy;
import dev.penstock.client.flags.FlagChange;
import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagOverride;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagUsage;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.FlagRoute;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flags decided by the client itself. */
@Timeout(60)
class LocalFlagsTest {

    private static final String SECRET = "phs_hunter2_very_secret";
    private static final FlagContext PLAYER = FlagContext.of("player-1");
    private static final FlagContext PRO = FlagContext.of("player-1", Map.of("plan", "pro"));

    private final Collector collector =
            Collector.builder().secretKey(SECRET).apiKey("phc_test").start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private ClientFixture bootstrapped() {
        return ClientFixture.of(collector, config -> config.flagDefinitionsJson(bytes(SAMPLE)));
    }

    private ClientFixture polling() throws InterruptedException {
        collector.flags().definitions(SAMPLE);
        ClientFixture fixture = ClientFixture.of(collector, config -> config.secretKey(SECRET));
        assertThat(fixture.client().flags().awaitLocalEvaluation(Await.LONG)).isTrue();
        return fixture;
    }

    private List<ReceivedEvent> usesOf(ClientFixture fixture) {
        fixture.flush();
        return collector.events().stream()
                .filter(event -> event.event().equals("$feature_flag_called"))
                .toList();
    }

    @Test
    void shouldDecideFromDefinitionsOfTheServer() throws Exception {
        try (ClientFixture fixture = polling()) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.isEnabled("on", PLAYER)).isTrue();
            assertThat(flags.isEnabled("off", PLAYER)).isFalse();
            assertThat(flags.isEnabled("off", PLAYER, true)).isFalse();
            assertThat(flags.getFlag("split", PLAYER)).isEqualTo(FlagValue.variant("a"));
            assertThat(flags.getFlag("pro", PRO)).isEqualTo(FlagValue.TRUE);
            assertThat(flags.getFlag("pro", FlagContext.of("player-1", Map.of("plan", "free"))))
                    .isEqualTo(FlagValue.FALSE);
            assertThat(flags.isLocalEvaluationReady()).isTrue();
            assertThat(flags.stats().definitions()).isEqualTo(4);
            assertThat(flags.stats().loadedAt()).isPresent();
            assertThat(collector.flags().requestsTo(FlagRoute.EVALUATION)).isEmpty();
            assertThat(collector.flags().invalidReasons()).isEmpty();
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldTellMissingFromOffAndAskNobody() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.getFlag("pro", PLAYER)).isSameAs(FlagValue.MISSING);
            assertThat(flags.getFlag("unknown", PLAYER)).isSameAs(FlagValue.MISSING);
            assertThat(flags.isEnabled("unknown", PLAYER, true)).isTrue();
            assertThat(flags.getFlagResult("pro", PLAYER, FlagOptions.DEFAULT).error())
                    .contains("local_evaluation_inconclusive");
            assertThat(flags.getFlagResult("unknown", PLAYER, FlagOptions.DEFAULT)
                            .error())
                    .contains("flag_missing");
            assertThat(flags.getAllFlags(PLAYER, FlagOptions.DEFAULT)).containsOnlyKeys("on", "off", "split");
            assertThat(collector.flags().requests()).isEmpty();
        }
    }

    @Test
    void shouldAnswerNothingForNobodyAndForNull() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.getFlag("on", FlagContext.of(" "))).isSameAs(FlagValue.MISSING);
            assertThat(flags.getFlag("on", null)).isSameAs(FlagValue.MISSING);
            assertThat(flags.getFlag(null, PLAYER)).isSameAs(FlagValue.MISSING);
            FlagEvaluations someone = flags.evaluateFlags(PLAYER, FlagOptions.DEFAULT);
            assertThat(someone.getFlag(null)).isSameAs(FlagValue.MISSING);
            assertThat(someone.getPayload(null)).isEmpty();
            assertThat(someone.only(java.util.Arrays.asList("on", null)).keys()).containsExactly("on");
            FlagEvaluations evaluations = flags.evaluateFlags(FlagContext.of(null), FlagOptions.DEFAULT);
            assertThat(evaluations.keys()).isEmpty();
            assertThat(evaluations.isEnabled("on")).isFalse();
            assertThat(usesOf(fixture)).isEmpty();
        }
    }

    @Test
    void shouldGivePayloadsAsTextValueAndObject() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.getPayload("on", PLAYER).orElseThrow().text()).isEqualTo("{\"color\": \"red\"}");
            assertThat(flags.getPayload("on", PLAYER).orElseThrow().value()).isEqualTo(Map.of("color", "red"));
            assertThat(flags.getPayload("split", PLAYER).orElseThrow().as(int[].class))
                    .contains(new int[] {1, 2});
            assertThat(flags.getPayload("off", PLAYER)).isEmpty();
            assertThat(flags.getPayload("split", FlagValue.variant("a"))).isPresent();
            assertThat(flags.getPayload("split", FlagValue.variant("b"))).isEmpty();
            assertThat(flags.getAllFlagsAndPayloads(PLAYER, FlagOptions.DEFAULT)
                            .get("on")
                            .payload())
                    .isPresent();
            assertThat(usesOf(fixture)).isEmpty();
        }
    }

    @Test
    void shouldReportTheFirstReadOfEachValueOnce() throws Exception {
        try (ClientFixture fixture = polling()) {
            FlagClient flags = fixture.client().flags();
            for (int i = 0; i < 3; i++) {
                flags.isEnabled("on", PLAYER);
                flags.getFlag("split", PLAYER);
                flags.getPayload("off", PLAYER);
                flags.getAllFlags(PLAYER, FlagOptions.DEFAULT);
                flags.getFlagResult("off", PLAYER, FlagOptions.DEFAULT.withUsageEvents(false));
            }

            List<ReceivedEvent> uses = usesOf(fixture);
            assertThat(uses).extracting(use -> use.property("$feature_flag")).containsExactlyInAnyOrder("on", "split");
            ReceivedEvent split = uses.stream()
                    .filter(use -> use.property("$feature_flag").equals("split"))
                    .findFirst()
                    .orElseThrow();
            assertThat(split.distinctId()).isEqualTo("player-1");
            assertThat(split.properties())
                    .containsEntry("$feature_flag_response", "a")
                    .containsEntry("$feature/split", "a")
                    .containsEntry("locally_evaluated", true)
                    .containsEntry("$feature_flag_reason", "Evaluated locally")
                    .containsEntry("$feature_flag_has_experiment", true)
                    .containsKeys("$feature_flag_evaluated_at", "$feature_flag_definitions_loaded_at");
            assertThat(flags.stats().usesReported()).isEqualTo(2);
            assertThat(flags.stats().trackedIds()).isEqualTo(1);
        }
    }

    @Test
    void shouldReportAConcurrentFirstReadExactlyOnce() throws Exception {
        int threads = 16;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (ClientFixture fixture = bootstrapped()) {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<? extends Future<?>> reads = IntStream.range(0, threads)
                    .mapToObj(i -> pool.submit(() -> {
                        together.await();
                        for (int player = 0; player < 100; player++) {
                            fixture.client().flags().isEnabled("on", FlagContext.of("player-" + player));
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> read : reads) {
                read.get();
            }

            assertThat(usesOf(fixture)).hasSize(100);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void shouldNotReportFlagsAsMissingBeforeDefinitionsHaveCome() {
        collector.flags().answerAll(Answer.status(503));
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.secretKey(SECRET))) {
            FlagResult result = fixture.client().flags().getFlagResult("on", PLAYER, FlagOptions.DEFAULT);
            FlagEvaluations evaluations = fixture.client().flags().evaluateFlags(PLAYER, FlagOptions.DEFAULT);

            assertThat(result.error()).contains("local_evaluation_inconclusive");
            assertThat(evaluations.getFlagResult("on").error()).contains("local_evaluation_inconclusive");
            assertThat(usesOf(fixture)).isEmpty();
        }
    }

    @Test
    void shouldSayNothingOfFlagsForOtherContexts() {
        byte[] definitions = bytes(SAMPLE.replace("\"id\": 1,", "\"id\": 1, \"evaluation_contexts\": [\"docs\"],"));
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.flagDefinitionsJson(definitions).evaluationContexts(List.of("backend")))) {
            FlagClient flags = fixture.client().flags();
            FlagResult result = flags.getFlagResult("on", PLAYER, FlagOptions.DEFAULT.withRemoteFallback(true));

            assertThat(result.value()).isSameAs(FlagValue.MISSING);
            assertThat(result.error()).isEmpty();
            flags.evaluateFlags(PLAYER, FlagOptions.DEFAULT).isEnabled("on");
            assertThat(flags.getAllFlags(PLAYER, FlagOptions.DEFAULT)).doesNotContainKey("on");
            assertThat(collector.flags().requests()).isEmpty();
            assertThat(usesOf(fixture)).isEmpty();
        }
    }

    @Test
    void shouldNeverWaitForRoomInTheRing() {
        collector.answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.flagDefinitionsJson(bytes(SAMPLE))
                        .ringSlots(64)
                        .maxBatchEvents(1)
                        .maxInFlightRequests(1)
                        .overflowPolicy(OverflowPolicy.WAIT)
                        .overflowWait(Duration.ofSeconds(10))
                        .closeTimeout(Duration.ZERO))) {
            long before = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                assertThat(fixture.client().flags().isEnabled("on", FlagContext.of("player-" + i)))
                        .isTrue();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(fixture.stats().results().get(CaptureResult.RING_FULL)).isPositive();
            collector.release();
        }
    }

    @Test
    void shouldNameTheFlagThatIsMalformed() {
        byte[] definitions = bytes("{\"flags\": [{\"key\": \"broken\", \"active\": true, \"filters\": 7}]}");
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.flagDefinitionsJson(definitions))) {
            fixture.awaitWarning("broken", "cannot be understood");
        }
    }

    @Test
    void shouldReportNothingIfThatIsSwitchedOff() {
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.flagDefinitionsJson(bytes(SAMPLE)).flagUsage(FlagUsage.OFF))) {
            FlagClient flags = fixture.client().flags();
            flags.isEnabled("on", PLAYER);
            flags.evaluateFlags(PLAYER, FlagOptions.DEFAULT).isEnabled("on");
            flags.getFlagResult("split", PLAYER, FlagOptions.DEFAULT.withUsageEvents(true));

            assertThat(usesOf(fixture))
                    .extracting(use -> use.property("$feature_flag"))
                    .containsExactly("split");
        }
    }

    @Test
    void shouldSumUpUsesWhereThatIsConfigured() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.flagDefinitionsJson(bytes(SAMPLE))
                        .flagUsage(FlagUsage.SUMMARIES)
                        .flagSummaryInterval(Duration.ofSeconds(1)))) {
            for (int i = 0; i < 500; i++) {
                fixture.client().flags().isEnabled("on", FlagContext.of("player-" + i));
            }
            collector.awaitEvents(1, Await.LONG);

            assertThat(collector.events()).allSatisfy(event -> {
                assertThat(event.event()).isEqualTo("penstock_flag_summary");
                assertThat(event.properties())
                        .containsEntry("$feature_flag", "on")
                        .containsEntry("$process_person_profile", false);
            });
        }
        long reads = collector.events().stream()
                .mapToLong(event -> ((Number) event.property("reads")).longValue())
                .sum();
        assertThat(reads).isEqualTo(500);
    }

    @Test
    void shouldEvaluateOnceAndReadOften() throws Exception {
        try (ClientFixture fixture = polling()) {
            FlagClient flags = fixture.client().flags();
            FlagEvaluations evaluations = flags.evaluateFlags(PRO, FlagOptions.DEFAULT);
            collector.flags().definitions(CHANGED);
            assertThat(flags.reload().toCompletableFuture().join()).isTrue();

            assertThat(flags.isEnabled("on", PRO)).isFalse();
            assertThat(evaluations.isEnabled("on")).isTrue();
            assertThat(evaluations.keys()).containsExactlyInAnyOrder("on", "off", "split", "pro");
            assertThat(evaluations.getFlag("extra")).isSameAs(FlagValue.MISSING);
            assertThat(evaluations.isEnabled("extra", true)).isTrue();
            assertThat(evaluations.isEnabled("off", true)).isFalse();
            assertThat(evaluations.values()).hasSize(4).containsEntry("split", FlagValue.variant("a"));
            assertThat(evaluations.distinctId()).isEqualTo("player-1");
        }
    }

    @Test
    void shouldReportReadsOfEvaluationsAndMissingOnesToo() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagEvaluations evaluations = fixture.client().flags().evaluateFlags(PLAYER, FlagOptions.DEFAULT);
            for (int i = 0; i < 2; i++) {
                evaluations.isEnabled("on");
                evaluations.getFlag("pro");
                evaluations.getFlag("unknown");
                evaluations.getPayload("split");
            }

            List<ReceivedEvent> uses = usesOf(fixture);
            assertThat(uses)
                    .extracting(use -> use.property("$feature_flag"))
                    .containsExactlyInAnyOrder("on", "pro", "unknown");
            assertThat(uses)
                    .extracting(use -> use.property("$feature_flag_error"))
                    .containsExactlyInAnyOrder(null, "local_evaluation_inconclusive", "flag_missing");
        }
    }

    @Test
    void shouldCutEvaluationsDown() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagEvaluations all = fixture.client().flags().evaluateFlags(PRO, FlagOptions.DEFAULT);
            all.isEnabled("on");
            FlagEvaluations some = all.only(List.of("split", "off", "unknown"));
            some.getFlag("split");
            some.getFlag("on");

            assertThat(some.keys()).containsExactlyInAnyOrder("split", "off");
            assertThat(some.onlyAccessed().keys()).containsExactly("split");
            assertThat(all.onlyAccessed().keys()).containsExactly("on");
            assertThat(fixture.client()
                            .flags()
                            .evaluateFlags(PRO, FlagOptions.DEFAULT)
                            .onlyAccessed()
                            .keys())
                    .isEmpty();
            assertThat(usesOf(fixture))
                    .extracting(use -> use.property("$feature_flag"))
                    .containsExactlyInAnyOrder("on", "split");
            fixture.awaitWarning("unknown");
        }
    }

    @Test
    void shouldEvaluateOnlyWhatIsAskedFor() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.evaluateFlags(PRO, FlagOptions.DEFAULT.withKeys(List.of("on", "unknown")))
                            .keys())
                    .containsExactly("on");
            assertThat(flags.getAllFlags(PRO, FlagOptions.DEFAULT.withKeys(List.of())))
                    .isEmpty();
        }
    }

    @Test
    void shouldCarryEvaluationsOnEvents() {
        try (ClientFixture fixture = bootstrapped()) {
            CaptureClient client = fixture.client();
            FlagEvaluations evaluations = client.flags().evaluateFlags(PLAYER, FlagOptions.DEFAULT);
            client.event("with all").distinctId("player-1").flags(evaluations).send();
            client.event("with one")
                    .distinctId("player-1")
                    .flags(evaluations.only(List.of("off")))
                    .send();
            client.event("the old way")
                    .distinctId("player-1")
                    .sendFeatureFlags(PRO)
                    .send();
            client.event("plain").distinctId("player-1").send();
            fixture.flush();

            Map<String, ReceivedEvent> byName = new java.util.HashMap<>();
            collector.events().forEach(event -> byName.put(event.event(), event));
            assertThat(byName).hasSize(4);
            assertThat(byName.get("with all").properties())
                    .containsEntry("$feature/on", true)
                    .containsEntry("$feature/off", false)
                    .containsEntry("$feature/split", "a")
                    .containsEntry("$active_feature_flags", List.of("on", "split"))
                    .doesNotContainKey("$feature/pro");
            assertThat(byName.get("with one").properties())
                    .containsEntry("$feature/off", false)
                    .doesNotContainKeys("$feature/on", "$active_feature_flags");
            assertThat(byName.get("the old way").properties())
                    .containsEntry("$feature/pro", true)
                    .containsEntry("$active_feature_flags", List.of("on", "pro", "split"));
            assertThat(byName.get("plain").properties().keySet()).noneMatch(key -> key.startsWith("$feature"));
        }
    }

    @Test
    void shouldForceValuesAndReportNoUse() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient flags = fixture.client().flags();
            flags.override(List.of(
                    new FlagOverride("on", FlagValue.variant("forced"), "{\"x\":1}"),
                    FlagOverride.of("brand-new", FlagValue.TRUE),
                    FlagOverride.of("split", FlagValue.MISSING)));

            FlagResult forced = flags.getFlagResult("on", PLAYER, FlagOptions.DEFAULT);
            assertThat(forced.value()).isEqualTo(FlagValue.variant("forced"));
            assertThat(forced.payload().orElseThrow().value()).isEqualTo(Map.of("x", 1L));
            assertThat(flags.isEnabled("brand-new", FlagContext.of("anybody"))).isTrue();
            assertThat(flags.getFlag("split", PLAYER)).isSameAs(FlagValue.MISSING);
            assertThat(flags.getFlag("off", PLAYER)).isSameAs(FlagValue.FALSE);
            assertThat(flags.getAllFlags(PLAYER, FlagOptions.DEFAULT)).containsOnlyKeys("on", "brand-new", "off");
            assertThat(flags.evaluateFlags(PLAYER, FlagOptions.DEFAULT).isEnabled("brand-new"))
                    .isTrue();
            assertThat(flags.evaluateFlags(FlagContext.of(""), FlagOptions.DEFAULT)
                            .keys())
                    .containsExactlyInAnyOrder("on", "brand-new");

            flags.override(List.of());
            assertThat(flags.getFlag("on", PLAYER)).isSameAs(FlagValue.TRUE);
            assertThat(flags.isEnabled("brand-new", PLAYER)).isFalse();
            assertThat(usesOf(fixture))
                    .extracting(use -> use.property("$feature_flag"))
                    .containsExactlyInAnyOrder("off", "on", "brand-new");
        }
    }

    @Test
    void shouldTellOfChangedDefinitions() throws Exception {
        collector.flags().definitions(SAMPLE);
        List<FlagChange> changes = new CopyOnWriteArrayList<>();
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.secretKey(SECRET).flagChangeListener(changes::add))) {
            Await.until(() -> changes.size() == 1, "the first load is told");
            assertThat(fixture.client().flags().reload().toCompletableFuture().join())
                    .isTrue();
            collector.flags().definitions(CHANGED);
            assertThat(fixture.client().flags().reload().toCompletableFuture().join())
                    .isTrue();
            Await.until(() -> changes.size() == 2, "the change is told");

            assertThat(changes.get(0).added()).isEqualTo(Set.of("on", "off", "split", "pro"));
            assertThat(changes.get(1).added()).containsExactly("extra");
            assertThat(changes.get(1).changed()).containsExactly("on");
            assertThat(changes.get(1).removed()).isEmpty();
        }
    }

    @Test
    void shouldStartFromAFileAndGoOnWithTheServer(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("flags.json"), SAMPLE);
        collector.flags().answerAll(Answer.status(503));
        try (ClientFixture fixture =
                ClientFixture.of(collector, config -> config.secretKey(SECRET).flagDefinitionsFile(file))) {
            FlagClient flags = fixture.client().flags();
            assertThat(flags.isLocalEvaluationReady()).isTrue();
            assertThat(flags.isEnabled("on", PLAYER)).isTrue();

            collector.flags().definitions(CHANGED);
            collector.flags().answerNormally();
            Await.until(() -> flags.reload().toCompletableFuture().join(), "definitions of the server");
            assertThat(flags.isEnabled("on", PLAYER)).isFalse();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFileAndGoOn(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("flags.json"), "{\"flags\": [");
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.flagDefinitionsFile(file))) {
            assertThat(fixture.client().flags().isLocalEvaluationReady()).isFalse();
            assertThat(fixture.client().flags().getFlag("on", PLAYER)).isSameAs(FlagValue.MISSING);
            fixture.awaitWarning("flags.json");
            fixture.capture(1);
        }
    }

    @Test
    void shouldAnswerAfterCloseWithoutAskingOrReporting() throws Exception {
        ClientFixture fixture = polling();
        FlagClient flags = fixture.client().flags();
        fixture.close();
        int requests = collector.flags().requestCount();

        assertThat(flags.isEnabled("on", PLAYER)).isTrue();
        assertThat(flags.evaluateFlags(PLAYER, FlagOptions.DEFAULT).isEnabled("on"))
                .isTrue();
        assertThat(flags.getFlag("unknown", PLAYER)).isSameAs(FlagValue.MISSING);
        assertThat(flags.getFlagResult("unknown", PLAYER, FlagOptions.DEFAULT.withRemoteFallback(true))
                        .value())
                .isSameAs(FlagValue.MISSING);
        assertThat(flags.reload().toCompletableFuture().join()).isFalse();
        assertThat(flags.stats().trackedIds()).isZero();
        assertThat(collector.flags().requestCount()).isEqualTo(requests);
        assertThat(collector.events()).isEmpty();
    }

    @Test
    void shouldAnswerNothingWhileDisabled() {
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.enabled(false).secretKey(SECRET).flagDefinitionsJson(bytes(SAMPLE)))) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.getFlag("on", PLAYER)).isSameAs(FlagValue.MISSING);
            assertThat(flags.isLocalEvaluationReady()).isFalse();
            assertThat(flags.getRemoteConfig("x").toCompletableFuture().join()).isEmpty();
            flags.override(List.of(FlagOverride.of("on", FlagValue.TRUE)));
            assertThat(flags.isEnabled("on", PLAYER)).isTrue();
        }
        assertThat(collector.flags().requests()).isEmpty();
    }

    @Test
    void shouldNeverShowTheSecretKey() throws Exception {
        collector.flags().definitions(SAMPLE);
        for (int status : new int[] {401, 403, 429, 500}) {
            collector.flags().answerAll(Answer.status(status));
            try (ClientFixture fixture = ClientFixture.of(collector, config -> config.secretKey(SECRET))) {
                collector.flags().awaitRequests(1, Await.LONG);
                fixture.client()
                        .flags()
                        .getRemoteConfig("x")
                        .toCompletableFuture()
                        .join();
                fixture.awaitWarning("flag definitions", String.valueOf(status));
                assertThat(fixture.logger().lines().toString()).doesNotContain("hunter2");
                assertThat(fixture.client() + " " + fixture.client().flags() + " "
                                + fixture.client().flags().stats())
                        .doesNotContain("hunter2");
            }
            collector.reset();
        }
    }

    @Test
    void shouldAllocateNothingForAKnownUse() {
        try (ClientFixture fixture = bootstrapped()) {
            FlagClient flags = fixture.client().flags();
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            FlagEvaluations evaluations = flags.evaluateFlags(PLAYER, FlagOptions.DEFAULT);
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int i = 0; i < 20_000; i++) {
                    flags.getFlag("pro", PLAYER); // cannot be decided
                    evaluations.getFlag("pro");
                    evaluations.getFlag("on");
                    flags.isEnabled("on", PRO);
                    flags.getFlag("split", PRO);
                    flags.isEnabled("pro", PRO, true);
                }
                long after =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                allocated = Math.min(allocated, after - before);
            }

            assertThat(allocated).isLessThan(20_000);
        }
    }
}
