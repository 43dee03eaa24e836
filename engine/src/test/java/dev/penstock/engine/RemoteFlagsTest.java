package dev.penstock.engine;

import static dev.penstock.engine.FlagDefinitionsText.SAMPLE;
import static dev.penstock.engine.FlagDefinitionsText.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.FlagRequest;
import dev.penstock.collector.FlagRoute;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flags that the server decides. */
@Timeout(60)
class RemoteFlagsTest {

    private static final FlagContext PLAYER = FlagContext.builder("player-1")
            .personProperty("plan", "pro")
            .group("guild", "g-1")
            .groupProperty("guild", "level", 9)
            .build();
    private static final FlagContext STRANGER = FlagContext.of("player-2");
    private static final FlagOptions ASKING = FlagOptions.DEFAULT.withRemoteFallback(true);
    private static final String ANSWER = """
            {"flags": {
               "pro": {"key": "pro", "enabled": true, "variant": "gold", "reason": {"code": "condition_match",
                 "description": "Matched condition set 1"},
                 "metadata": {"id": 4, "version": 7, "payload": "{\\"x\\": 1}", "has_experiment": true}},
               "on": {"key": "on", "enabled": false, "variant": null},
               "server-only": {"key": "server-only", "enabled": true}
             }, "errorsWhileComputingFlags": false, "requestId": "r-1", "evaluatedAt": 1767225600000}
            """;

    private final Collector collector =
            Collector.builder().apiKey("phc_test").secretKey("phs_1").start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private ClientFixture remoteOnly() {
        collector.flags().answer(ANSWER);
        return ClientFixture.of(collector);
    }

    private ClientFixture withDefinitions() {
        collector.flags().answer(ANSWER);
        return ClientFixture.of(collector, config -> config.flagDefinitionsJson(bytes(SAMPLE)));
    }

    private List<FlagRequest> evaluations() {
        return collector.flags().requestsTo(FlagRoute.EVALUATION);
    }

    private ReceivedEvent onlyUse(ClientFixture fixture) {
        fixture.flush();
        assertThat(collector.events()).hasSize(1);
        return collector.events().get(0);
    }

    @Test
    void shouldAskTheServerWithoutDefinitions() {
        try (ClientFixture fixture = remoteOnly()) {
            FlagResult result = fixture.client().flags().getFlagResult("pro", PLAYER, FlagOptions.DEFAULT);

            assertThat(result.value()).isEqualTo(FlagValue.variant("gold"));
            assertThat(result.isLocal()).isFalse();
            assertThat(result.version()).hasValue(7);
            assertThat(result.id()).hasValue(4);
            assertThat(result.payload().orElseThrow().value()).isEqualTo(Map.of("x", 1L));
            FlagRequest request = evaluations().get(0);
            assertThat(request.fields())
                    .containsEntry("distinct_id", "player-1")
                    .containsEntry("person_properties", Map.of("plan", "pro"))
                    .containsEntry("groups", Map.of("guild", "g-1"))
                    .containsEntry("geoip_disable", false)
                    .containsEntry("flag_keys_to_evaluate", List.of("pro"));
            assertThat(request.header("authorization")).isEmpty();
            ReceivedEvent use = onlyUse(fixture);
            assertThat(use.properties())
                    .containsEntry("$feature_flag_response", "gold")
                    .containsEntry("locally_evaluated", false)
                    .containsEntry("$feature_flag_request_id", "r-1")
                    .containsEntry("$feature_flag_reason", "Matched condition set 1")
                    .containsEntry("$groups", Map.of("guild", "g-1"))
                    .doesNotContainKey("$feature_flag_error");
            assertThat(collector.flags().invalidReasons()).isEmpty();
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldMakeNoRequestForMakingAClientOrCapturing() {
        try (ClientFixture fixture = remoteOnly()) {
            fixture.capture(10);
            fixture.flush();
        }
        assertThat(collector.flags().requests()).isEmpty();
    }

    @Test
    void shouldAskAgainForEachCall() {
        try (ClientFixture fixture = remoteOnly()) {
            fixture.client().flags().isEnabled("pro", PLAYER);
            fixture.client().flags().isEnabled("pro", PLAYER);

            assertThat(evaluations()).hasSize(2);
            assertThat(onlyUse(fixture).event()).isEqualTo("$feature_flag_called");
        }
    }

    @Test
    void shouldAskForWhatIsUndecidedWhereACallAllowsIt() {
        try (ClientFixture fixture = withDefinitions()) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.getFlagResult("pro", STRANGER, ASKING).value()).isEqualTo(FlagValue.variant("gold"));
            assertThat(flags.getFlagResult("server-only", STRANGER, ASKING).value())
                    .isSameAs(FlagValue.TRUE);
            assertThat(flags.getFlagResult("on", STRANGER, ASKING).value()).isSameAs(FlagValue.TRUE);
            assertThat(evaluations()).hasSize(2);
        }
    }

    @Test
    void shouldFillOnlyTheGapsOfAnEvaluation() {
        try (ClientFixture fixture = withDefinitions()) {
            FlagEvaluations evaluations = fixture.client().flags().evaluateFlags(STRANGER, ASKING);

            assertThat(evaluations.values())
                    .containsOnlyKeys("on", "off", "split", "pro", "server-only")
                    .containsEntry("on", FlagValue.TRUE)
                    .containsEntry("pro", FlagValue.variant("gold"));
            assertThat(evaluations()).hasSize(1);
            assertThat(evaluations().get(0).fields()).doesNotContainKey("flag_keys_to_evaluate");
            assertThat(fixture.client().flags().evaluateFlags(PLAYER, ASKING).keys())
                    .doesNotContain("server-only");
            assertThat(evaluations()).hasSize(1);
        }
    }

    @Test
    void shouldAskForAllNamedKeysIfOneIsOpen() {
        try (ClientFixture fixture = withDefinitions()) {
            FlagEvaluations evaluations =
                    fixture.client().flags().evaluateFlags(STRANGER, ASKING.withKeys(List.of("on", "pro")));

            assertThat(evaluations.keys()).containsExactlyInAnyOrder("on", "pro");
            assertThat(evaluations().get(0).fields()).containsEntry("flag_keys_to_evaluate", List.of("on", "pro"));
        }
    }

    @Test
    void shouldRememberWhatTheServerDoesNotHaveUntilTheNextRefresh() throws Exception {
        collector.flags().answer(ANSWER);
        collector.flags().definitions(SAMPLE);
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.secretKey("phs_1"))) {
            FlagClient flags = fixture.client().flags();
            assertThat(flags.awaitLocalEvaluation(Await.LONG)).isTrue();
            for (int i = 0; i < 3; i++) {
                assertThat(flags.getFlagResult("nowhere", STRANGER, ASKING).error())
                        .contains("flag_missing");
            }
            assertThat(evaluations()).hasSize(1);

            assertThat(flags.reload().toCompletableFuture().join()).isTrue();
            flags.getFlagResult("nowhere", STRANGER, ASKING);
            assertThat(evaluations()).hasSize(2);
        }
    }

    @Test
    void shouldAskAgainForWhatMayHaveBeenCreatedWhereNothingIsRefreshed() {
        try (ClientFixture fixture = remoteOnly()) {
            assertThat(fixture.client().flags().getFlag("new", PLAYER)).isSameAs(FlagValue.MISSING);
            collector.flags().answer("{\"flags\": {\"new\": {\"key\": \"new\", \"enabled\": true}}}");

            assertThat(fixture.client().flags().getFlag("new", PLAYER)).isSameAs(FlagValue.TRUE);
        }
    }

    @Test
    void shouldReportWhatTheCallerGotWhenItIsInterrupted() {
        try (ClientFixture fixture = remoteOnly()) {
            collector.flags().answerAll(Answer.hang());
            Thread.currentThread().interrupt();
            FlagResult result = fixture.client().flags().getFlagResult("pro", PLAYER, FlagOptions.DEFAULT);
            assertThat(Thread.interrupted()).isTrue();
            collector.flags().answerNormally();
            collector.flags().release();
            FlagEvaluations evaluations = fixture.client().flags().evaluateFlags(STRANGER, FlagOptions.DEFAULT);

            assertThat(result.value()).isSameAs(FlagValue.MISSING);
            assertThat(result.error()).contains("unknown_error");
            assertThat(evaluations.requestId()).contains("r-1");
            assertThat(onlyUse(fixture).properties()).containsEntry("$feature_flag_error", "unknown_error");
        }
    }

    @Test
    void shouldGiveFlagRequestsTheirOwnTime() {
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.requestTimeout(Duration.ofMillis(200)).flagRequestTimeout(Duration.ofSeconds(10)))) {
            collector.flags().answer(ANSWER);
            collector.flags().answerAll(Answer.ok().delay(Duration.ofMillis(600)));

            assertThat(fixture.client().flags().getFlag("pro", PLAYER)).isEqualTo(FlagValue.variant("gold"));
            assertThat(evaluations()).hasSize(1);
        }
    }

    @Test
    void shouldNameWhatWentWrong() {
        try (ClientFixture fixture = remoteOnly()) {
            FlagClient flags = fixture.client().flags();
            collector.flags().answerNext(Answer.status(503));
            assertThat(flags.getFlagResult("pro", PLAYER, FlagOptions.DEFAULT).error())
                    .contains("api_error_503");
            collector.flags().answer("{\"quotaLimited\": [\"feature_flags\"], \"flags\": {}}");
            assertThat(flags.getFlagResult("pro", STRANGER, FlagOptions.DEFAULT).error())
                    .contains("quota_limited");
            collector.flags().answer("{\"flags\": {}, \"errorsWhileComputingFlags\": true}");
            FlagResult missing = flags.getFlagResult("pro", FlagContext.of("player-3"), FlagOptions.DEFAULT);
            assertThat(missing.error()).contains("errors_while_computing_flags,flag_missing");
            assertThat(missing.value()).isSameAs(FlagValue.MISSING);
            fixture.flush();

            assertThat(collector.events())
                    .extracting(use -> use.property("$feature_flag_error"))
                    .containsExactlyInAnyOrder(
                            "api_error_503", "quota_limited", "errors_while_computing_flags,flag_missing");
            assertThat(flags.stats().remoteRequests()).isEqualTo(3);
            assertThat(flags.stats().failedRemote()).isEqualTo(2);
        }
    }

    @Test
    void shouldReportAFlagMissingFromAnAnswerWithThatAnswersId() {
        byte[] definitions = bytes(SAMPLE.replace("\"id\": 1,", "\"id\": 1, \"evaluation_contexts\": [\"docs\"],"));
        collector.flags().answer(ANSWER.replace("\"on\"", "\"another\""));
        try (ClientFixture fixture = ClientFixture.of(
                collector, config -> config.flagDefinitionsJson(definitions).evaluationContexts(List.of("backend")))) {
            FlagEvaluations evaluations = fixture.client().flags().evaluateFlags(STRANGER, ASKING);
            assertThat(evaluations.getFlagResult("on").error()).isEmpty(); // not for this context
            assertThat(evaluations.getFlagResult("nowhere").error()).contains("flag_missing");

            assertThat(onlyUse(fixture).properties())
                    .containsEntry("$feature_flag", "nowhere")
                    .containsEntry("$feature_flag_request_id", "r-1");
        }
    }

    @Test
    void shouldKeepLocalValuesWhenTheServerFails() {
        try (ClientFixture fixture = withDefinitions()) {
            collector.flags().answerAll(Answer.status(500));
            FlagEvaluations evaluations = fixture.client().flags().evaluateFlags(STRANGER, ASKING);

            assertThat(evaluations.keys()).containsExactlyInAnyOrder("on", "off", "split");
            assertThat(evaluations.error()).contains("api_error_500");
            assertThat(evaluations.getFlagResult("pro").error())
                    .contains("api_error_500,local_evaluation_inconclusive");
        }
    }

    @Test
    void shouldReturnInBoundedTimeFromAServerThatHangs() {
        collector.flags().answerAll(Answer.hang());
        try (ClientFixture fixture = ClientFixture.of(
                collector,
                config -> config.flagRequestTimeout(Duration.ofMillis(100)).flagRetries(0))) {
            long before = System.nanoTime();
            FlagResult result = fixture.client().flags().getFlagResult("pro", PLAYER, FlagOptions.DEFAULT);
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);

            assertThat(result.error()).contains("timeout");
            assertThat(tookMs).isBetween(90L, 3_000L);
        }
        collector.flags().release();
    }

    @Test
    void shouldKeepDependentsOffItsOwnThreads() throws Exception {
        try (ClientFixture fixture = remoteOnly()) {
            collector.flags().answerAll(Answer.ok().delay(Duration.ofMillis(50)));
            CompletionStage<FlagResult> stage =
                    fixture.client().flags().getFlagResultAsync("pro", PLAYER, FlagOptions.DEFAULT);
            CompletableFuture<String> thread = new CompletableFuture<>();
            stage.thenAccept(result -> thread.complete(Thread.currentThread().getName()));

            assertThat(thread.get(10, TimeUnit.SECONDS)).doesNotStartWith("penstock-");
        }
    }

    @Test
    void shouldCompleteAtOnceWhereNobodyNeedBeAsked() {
        try (ClientFixture fixture = withDefinitions()) {
            assertThat(fixture.client()
                            .flags()
                            .evaluateFlagsAsync(STRANGER, FlagOptions.DEFAULT)
                            .toCompletableFuture())
                    .isCompleted();
            assertThat(fixture.client()
                            .flags()
                            .getFlagResultAsync("on", STRANGER, ASKING)
                            .toCompletableFuture())
                    .isCompleted();
        }
    }

    @Test
    void shouldSettleWhatIsUnderWayWhenItCloses() {
        collector.flags().answerAll(Answer.hang());
        ClientFixture fixture = ClientFixture.of(collector);
        CompletableFuture<FlagResult> result = fixture.client()
                .flags()
                .getFlagResultAsync("pro", PLAYER, FlagOptions.DEFAULT)
                .toCompletableFuture();
        collector.flags().awaitRequests(1, Await.LONG);
        fixture.close();

        Await.until(result::isDone, "the answer is settled");
        assertThat(result.join().value()).isSameAs(FlagValue.MISSING);
        collector.flags().release();
    }

    @Test
    void shouldFetchRemoteConfiguration() {
        collector.flags().remoteConfig("limits", "\"{\\\"max\\\": 3}\"");
        collector.flags().remoteConfig("plain", "{\"a\": [1]}");
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.secretKey("phs_1"))) {
            FlagClient flags = fixture.client().flags();

            assertThat(flags.getRemoteConfig("limits")
                            .toCompletableFuture()
                            .join()
                            .orElseThrow()
                            .value())
                    .isEqualTo(Map.of("max", 3L));
            assertThat(flags.getRemoteConfig("plain")
                            .toCompletableFuture()
                            .join()
                            .orElseThrow()
                            .value())
                    .isEqualTo(Map.of("a", List.of(1L)));
            assertThat(flags.getRemoteConfig("nowhere").toCompletableFuture().join())
                    .isEmpty();
            assertThat(collector.events()).isEmpty();
        }
    }

    @Test
    void shouldSayThatRemoteConfigurationNeedsASecretKey() {
        try (ClientFixture fixture = ClientFixture.of(collector)) {
            assertThat(fixture.client()
                            .flags()
                            .getRemoteConfig("limits")
                            .toCompletableFuture()
                            .join())
                    .isEmpty();
            fixture.awaitWarning("remote config", "secret");
        }
        assertThat(collector.flags().requests()).isEmpty();
    }

    @Test
    void shouldSayWhatACallSaysAboutPlaces() {
        try (ClientFixture fixture = remoteOnly()) {
            fixture.client().flags().getFlagResult("pro", PLAYER, FlagOptions.DEFAULT.withGeoIpDisabled(true));

            assertThat(evaluations().get(0).fields()).containsEntry("geoip_disable", true);
            assertThat(onlyUse(fixture).properties()).containsEntry("$geoip_disable", true);
        }
    }
}
