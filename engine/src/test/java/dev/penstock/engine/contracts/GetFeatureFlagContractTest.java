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

/** The value of a flag. */
@Timeout(60)
class GetFeatureFlagContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Get Feature Flag: Getter returns a variant string for multivariate flags")
    void shouldGiveTheVariant() {
        ClientFixture client = host.clientKnowing(ScriptedFlag.of("checkout", "blue"));

        assertThat(client.client().flags().getFlag("checkout", USER).variant()).isEqualTo("blue");
    }

    @Test
    @DisplayName("Get Feature Flag: Getter can suppress feature flag called tracking")
    void shouldReportNothingWhereTheCallSaysSo() {
        ClientFixture client = host.clientKnowing(ScriptedFlag.of("beta-ui", true));

        FlagResult result =
                client.client().flags().getFlagResult("beta-ui", USER, FlagOptions.DEFAULT.withUsageEvents(false));

        assertThat(result.value()).isEqualTo(FlagValue.TRUE);
        assertThat(host.flagsCalled(client)).isEmpty();
        client.client().flags().getFlag("beta-ui", USER);
        assertThat(host.flagsCalled(client)).hasSize(1);
    }

    @Test
    @DisplayName("Get Feature Flag: Server getter evaluates with explicit context")
    void shouldEvaluateForWhoIsNamed() {
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("beta-ui", true).ofPros());

        assertThat(client.client().flags().getFlag("beta-ui", FlagContext.of("user-123", Map.of("plan", "pro"))))
                .isEqualTo(FlagValue.TRUE);
        assertThat(client.client().flags().getFlag("beta-ui", FlagContext.of("user-456", Map.of("plan", "free"))))
                .isEqualTo(FlagValue.FALSE);
    }
}
