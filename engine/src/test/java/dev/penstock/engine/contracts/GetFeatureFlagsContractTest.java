package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The values of all flags. */
@Timeout(60)
class GetFeatureFlagsContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Get Feature Flags: Bulk getter evaluates all available flags for explicit context")
    void shouldGiveAllValues() {
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("beta-ui", true), ScriptedFlag.of("checkout", "blue"));

        assertThat(client.client().flags().getAllFlags(USER, FlagOptions.DEFAULT))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("beta-ui", FlagValue.TRUE, "checkout", FlagValue.variant("blue")));
    }

    @Test
    @DisplayName("Get Feature Flags: Bulk getter can suppress tracking events")
    void shouldReportNothing() {
        ClientFixture client = host.clientKnowing(ScriptedFlag.of("beta-ui", true));

        client.client().flags().getAllFlags(USER, FlagOptions.DEFAULT.withUsageEvents(false));

        assertThat(host.flagsCalled(client)).isEmpty();
    }
}
