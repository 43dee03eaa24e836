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

/** All that is known of a flag. */
@Timeout(60)
class GetFeatureFlagResultContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Get Feature Flag Result: Structured result includes key enabled variant and payload")
    void shouldGiveAllParts() {
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("checkout", "blue").withPayload("{\"copy\":\"new\"}"));

        FlagResult result = client.client().flags().getFlagResult("checkout", USER, FlagOptions.DEFAULT);

        assertThat(result.key()).isEqualTo("checkout");
        assertThat(result.isEnabled()).isTrue();
        assertThat(result.value().variant()).isEqualTo("blue");
        assertThat(result.payload().orElseThrow().value()).isEqualTo(Map.of("copy", "new"));
    }

    @Test
    @DisplayName("Get Feature Flag Result: Boolean false flag result is disabled")
    void shouldGiveNoVariantOfAFlagThatIsOff() {
        ClientFixture client = host.clientKnowing(ScriptedFlag.of("beta-ui", false));

        FlagResult result = client.client().flags().getFlagResult("beta-ui", USER, FlagOptions.DEFAULT);

        assertThat(result.key()).isEqualTo("beta-ui");
        assertThat(result.isEnabled()).isFalse();
        assertThat(result.value()).isEqualTo(FlagValue.FALSE);
        assertThat(result.value().isVariant()).isFalse();
    }

    @Test
    @DisplayName("Get Feature Flag Result: Unknown flag returns no structured result")
    void shouldBeMissingIfItIsUnknown() {
        ClientFixture client = host.clientKnowing();

        FlagResult result = client.client().flags().getFlagResult("missing-flag", USER, FlagOptions.DEFAULT);

        assertThat(result.value()).isSameAs(FlagValue.MISSING);
        assertThat(result.payload()).isEmpty();
        assertThat(client.client().flags().getAllFlagsAndPayloads(USER, FlagOptions.DEFAULT))
                .isEmpty();
    }
}
