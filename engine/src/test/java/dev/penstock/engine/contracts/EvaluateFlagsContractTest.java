package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.collector.Answer;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One evaluation that is read often. */
@Timeout(60)
class EvaluateFlagsContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");
    private static final ScriptedFlag BETA_UI = ScriptedFlag.of("beta-ui", true);
    private static final ScriptedFlag CHECKOUT =
            ScriptedFlag.of("checkout", "blue").withPayload("{\"copy\":\"new\"}");
    private static final ScriptedFlag SEARCH = ScriptedFlag.of("search", false);
    private static final FlagOptions TWO_KEYS = FlagOptions.DEFAULT.withKeys(List.of("beta-ui", "checkout"));

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    private static FlagEvaluations evaluate(ClientFixture client) {
        return client.client().flags().evaluateFlags(USER, FlagOptions.DEFAULT);
    }

    private void assertAskedOnce() {
        assertThat(host.evaluations()).hasSize(1);
    }

    private ReceivedEvent ordered(ClientFixture client, FlagEvaluations flags) {
        client.client()
                .event("order completed")
                .distinctId("user-123")
                .flags(flags)
                .send();
        return host.onlySent(client, "order completed");
    }

    @Test
    @DisplayName("Evaluate Flags: One evaluation snapshot powers multiple flag branches")
    void shouldAskOnceForManyReads() {
        FlagEvaluations flags = evaluate(host.clientAsking(BETA_UI, CHECKOUT));

        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.getFlag("checkout").variant()).isEqualTo("blue");
        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertAskedOnce();
    }

    @Test
    @DisplayName("Evaluate Flags: One snapshot replaces separate server getter and capture-time evaluations")
    void shouldAskOnceForReadsAndEvents() {
        ClientFixture client = host.clientAsking(BETA_UI, CHECKOUT);
        FlagEvaluations flags = evaluate(client);

        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.getFlag("checkout").variant()).isEqualTo("blue");
        assertThat(flags.getPayload("checkout").orElseThrow().value()).isEqualTo(Map.of("copy", "new"));
        assertThat(flags.keys()).containsExactlyInAnyOrder("beta-ui", "checkout");
        assertThat(ordered(client, flags).properties())
                .containsEntry("$feature/beta-ui", true)
                .containsEntry("$feature/checkout", "blue");
        assertAskedOnce();
    }

    @Test
    @DisplayName("Evaluate Flags: Snapshot accessors distinguish disabled missing and variant flags")
    void shouldTellOffFromMissing() {
        FlagEvaluations flags = evaluate(host.clientAsking(ScriptedFlag.of("disabled", false), CHECKOUT));

        assertThat(flags.isEnabled("disabled")).isFalse();
        assertThat(flags.getFlag("disabled")).isEqualTo(FlagValue.FALSE);
        assertThat(flags.isEnabled("checkout")).isTrue();
        assertThat(flags.getFlag("checkout").variant()).isEqualTo("blue");
        assertThat(flags.isEnabled("missing")).isFalse();
        assertThat(flags.getFlag("missing")).isSameAs(FlagValue.MISSING);
    }

    @Test
    @DisplayName("Evaluate Flags: Evaluation does not report exposure until a value is accessed")
    void shouldReportTheFirstRead() {
        ClientFixture client = host.clientAsking(BETA_UI);
        FlagEvaluations flags = evaluate(client);
        assertThat(host.flagsCalled(client)).isEmpty();

        flags.isEnabled("beta-ui");
        assertThat(host.onlySent(client, "$feature_flag_called").properties())
                .containsEntry("$feature_flag", "beta-ui")
                .containsEntry("$feature_flag_response", true);

        flags.getFlag("beta-ui");
        flags.isEnabled("beta-ui");
        assertThat(host.flagsCalled(client)).hasSize(1);
    }

    @Test
    @DisplayName("Evaluate Flags: Snapshot payload access is silent")
    void shouldReportNothingForAPayload() {
        ClientFixture client = host.clientAsking(CHECKOUT);
        FlagEvaluations flags = evaluate(client);

        assertThat(flags.getPayload("checkout").orElseThrow().text()).isEqualTo("{\"copy\":\"new\"}");

        assertThat(host.flagsCalled(client)).isEmpty();
        assertThat(flags.onlyAccessed().keys()).isEmpty();
        assertAskedOnce();
    }

    @Test
    @DisplayName("Evaluate Flags: Capture reuses exact snapshot values without reevaluation")
    void shouldAttachWhatWasEvaluated() {
        ClientFixture client = host.clientAsking(ScriptedFlag.of("beta-ui", false), CHECKOUT);

        ReceivedEvent event = ordered(client, evaluate(client));

        assertThat(event.properties())
                .containsEntry("$feature/beta-ui", false)
                .containsEntry("$feature/checkout", "blue")
                .containsEntry("$active_feature_flags", List.of("checkout"));
        assertAskedOnce();
    }

    @Test
    @DisplayName("Evaluate Flags: Only accessed filters the snapshot for capture")
    void shouldKeepWhatWasRead() {
        FlagEvaluations flags = evaluate(host.clientAsking(BETA_UI, CHECKOUT, SEARCH));
        flags.isEnabled("beta-ui");
        flags.getFlag("search");

        assertThat(flags.onlyAccessed().values())
                .isEqualTo(Map.of("beta-ui", FlagValue.TRUE, "search", FlagValue.FALSE));
        assertAskedOnce();
    }

    @Test
    @DisplayName("Evaluate Flags: Only accessed before branching returns an empty snapshot")
    void shouldKeepNothingBeforeARead() {
        assertThat(evaluate(host.clientAsking(BETA_UI)).onlyAccessed().keys()).isEmpty();
    }

    @Test
    @DisplayName("Evaluate Flags: Request-time keys and in-memory filtering are distinct")
    void shouldAskForSomeKeysAndCutDownLater() {
        ClientFixture client = host.clientAsking(BETA_UI, CHECKOUT, SEARCH);

        FlagEvaluations flags = client.client().flags().evaluateFlags(USER, TWO_KEYS);

        assertAskedOnce();
        assertThat(host.evaluations().get(0).fields())
                .containsEntry("flag_keys_to_evaluate", List.of("beta-ui", "checkout"));
        assertThat(flags.keys()).doesNotContain("search");
        assertThat(flags.only(List.of("beta-ui", "missing")).keys()).containsExactly("beta-ui");
        assertAskedOnce();
    }

    @Test
    @DisplayName("Evaluate Flags: First missing requested local definition triggers scoped remote fallback")
    void shouldAskForTheKeysIfOneIsUnknown() {
        host.collector().flags().answer(ScriptedFlag.answer(ScriptedFlag.of("beta-ui", false), CHECKOUT));
        ClientFixture client = host.clientKnowing(BETA_UI);

        FlagEvaluations flags = client.client().flags().evaluateFlags(USER, TWO_KEYS.withRemoteFallback(true));

        assertAskedOnce();
        assertThat(host.evaluations().get(0).fields())
                .containsEntry("flag_keys_to_evaluate", List.of("beta-ui", "checkout"));
        assertThat(flags.values()).isEqualTo(Map.of("beta-ui", FlagValue.TRUE, "checkout", FlagValue.variant("blue")));
    }

    @Test
    @DisplayName("Evaluate Flags: Request-time keys scope locally evaluated snapshot results")
    void shouldEvaluateOnlyWhatIsAskedFor() {
        ClientFixture client = host.clientKnowing(BETA_UI, CHECKOUT, SEARCH);

        FlagEvaluations flags = client.client().flags().evaluateFlags(USER, TWO_KEYS);

        assertThat(flags.values()).isEqualTo(Map.of("beta-ui", FlagValue.TRUE, "checkout", FlagValue.variant("blue")));
        assertThat(host.evaluations()).isEmpty();
    }

    @Test
    @DisplayName("Evaluate Flags: Local-only evaluation never falls back remotely")
    void shouldAskNobodyIfToldSo() {
        ClientFixture client = host.clientKnowing(BETA_UI, CHECKOUT.ofPros());

        FlagEvaluations flags =
                client.client().flags().evaluateFlags(USER, FlagOptions.DEFAULT.withRemoteFallback(false));

        assertThat(flags.values()).isEqualTo(Map.of("beta-ui", FlagValue.TRUE));
        assertThat(host.evaluations()).isEmpty();
    }

    @Test
    @DisplayName("Evaluate Flags: Remote failure preserves successfully resolved local flags")
    void shouldKeepLocalValuesWhenTheServerFails() {
        host.collector().flags().answerAll(Answer.status(500));
        ClientFixture client = host.clientKnowing(BETA_UI, CHECKOUT.ofPros());

        FlagEvaluations flags =
                client.client().flags().evaluateFlags(USER, FlagOptions.DEFAULT.withRemoteFallback(true));

        assertThat(flags.values()).isEqualTo(Map.of("beta-ui", FlagValue.TRUE));
        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertAskedOnce();
    }

    @Test
    @DisplayName("Evaluate Flags: Missing identity returns an empty no-op snapshot")
    void shouldBeEmptyForNobody() {
        ClientFixture client = host.clientAsking(BETA_UI);

        FlagEvaluations flags = client.client().flags().evaluateFlags(FlagContext.of(null), FlagOptions.DEFAULT);

        assertThat(flags.keys()).isEmpty();
        assertThat(flags.isEnabled("beta-ui")).isFalse();
        assertThat(host.evaluations()).isEmpty();
        assertThat(host.flagsCalled(client)).isEmpty();
    }
}
