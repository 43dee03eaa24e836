package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The values of all flags and what comes with them. */
@Timeout(60)
class GetFeatureFlagsAndPayloadsContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Get Feature Flags And Payloads: Bulk getter returns flags and payloads together")
    void shouldGiveBoth() {
        ClientFixture client = host.clientKnowing(
                ScriptedFlag.of("beta-ui", true).withPayload("{\"color\":\"green\"}"),
                ScriptedFlag.of("checkout", "blue").withPayload("{\"copy\":\"new\"}"));

        Map<String, FlagResult> all = client.client().flags().getAllFlagsAndPayloads(USER, FlagOptions.DEFAULT);

        assertThat(all).containsOnlyKeys("beta-ui", "checkout");
        assertThat(all.get("beta-ui").value()).isEqualTo(FlagValue.TRUE);
        assertThat(all.get("beta-ui").payload().orElseThrow().value()).isEqualTo(Map.of("color", "green"));
        assertThat(all.get("checkout").value()).isEqualTo(FlagValue.variant("blue"));
        assertThat(all.get("checkout").payload().orElseThrow().value()).isEqualTo(Map.of("copy", "new"));
    }

    @Test
    @DisplayName("Get Feature Flags And Payloads: Bulk values and payloads are empty when no flags are known")
    void shouldGiveNothingWithoutFlags() {
        ClientFixture client = host.clientKnowing();

        assertThat(client.client().flags().getAllFlagsAndPayloads(USER, FlagOptions.DEFAULT))
                .isEmpty();
        assertThat(client.client().flags().getAllFlags(USER, FlagOptions.DEFAULT))
                .isEmpty();
    }
}
