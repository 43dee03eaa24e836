package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Flags that are held decide without a request. */
@Timeout(60)
class FeatureFlagCacheContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");
    private static final ScriptedFlag BETA_UI = ScriptedFlag.of("beta-ui", true).withPayload("{\"color\":\"green\"}");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Feature Flag Cache: Cache stores flag values and payloads from a successful load")
    void shouldHoldValuesAndPayloads() {
        ClientFixture client = host.clientAsking(BETA_UI);

        FlagEvaluations held = client.client().flags().evaluateFlags(USER, FlagOptions.DEFAULT);

        assertThat(held.values()).isEqualTo(Map.of("beta-ui", FlagValue.TRUE));
        assertThat(held.getPayload("beta-ui").orElseThrow().value()).isEqualTo(Map.of("color", "green"));
    }

    @Test
    @DisplayName("Feature Flag Cache: Cache serves reads without a network request")
    void shouldDecideWithoutARequest() {
        ClientFixture client = host.clientKnowing(BETA_UI);

        assertThat(client.client().flags().getFlag("beta-ui", USER)).isEqualTo(FlagValue.TRUE);

        assertThat(host.collector().flags().requests()).isEmpty();
    }
}
