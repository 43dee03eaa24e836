package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagClient;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagResult;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Flags decided by the client itself. */
@Timeout(60)
class LocalFeatureFlagEvaluatorContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Local Feature Flag Evaluator: Evaluator returns true for a matching active boolean flag")
    void shouldBeOn() {
        ClientFixture client = host.clientKnowing(ScriptedFlag.of("beta-ui", true));

        FlagResult result = client.client().flags().getFlagResult("beta-ui", USER, FlagOptions.DEFAULT);

        assertThat(result.value()).isEqualTo(FlagValue.TRUE);
        assertThat(result.isLocal()).isTrue();
    }

    @Test
    @DisplayName("Local Feature Flag Evaluator: Evaluator returns a variant for a matching multivariate flag")
    void shouldChooseAVariant() {
        ClientFixture client = host.clientKnowing(ScriptedFlag.of("checkout", "blue"));

        assertThat(client.client().flags().getFlag("checkout", USER)).isEqualTo(FlagValue.variant("blue"));
    }

    @Test
    @DisplayName("Local Feature Flag Evaluator: Evaluator signals remote fallback when required context is missing")
    void shouldAskTheServerWithoutTheGroup() {
        host.collector().flags().answer(ScriptedFlag.answer(ScriptedFlag.of("company-beta", true)));
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("company-beta", "held").ofCompanies());
        FlagClient flags = client.client().flags();

        FlagResult local = flags.getFlagResult("company-beta", USER, FlagOptions.DEFAULT.withRemoteFallback(false));
        assertThat(local.value()).isSameAs(FlagValue.MISSING);
        assertThat(host.evaluations()).isEmpty();

        FlagResult remote = flags.getFlagResult("company-beta", USER, FlagOptions.DEFAULT.withRemoteFallback(true));
        assertThat(remote.value()).isEqualTo(FlagValue.TRUE);
        assertThat(host.evaluations()).hasSize(1);
        assertThat(host.evaluations().get(0).body()).contains("company-beta");
    }

    @Test
    @DisplayName("Local Feature Flag Evaluator: Evaluator resolves payload from the matched value")
    void shouldGiveThePayloadOfTheVariant() {
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("checkout", "blue").withPayload("{\"copy\":\"new\"}"));

        assertThat(client.client()
                        .flags()
                        .getPayload("checkout", USER)
                        .orElseThrow()
                        .value())
                .isEqualTo(Map.of("copy", "new"));
        assertThat(host.evaluations()).isEmpty();
    }
}
