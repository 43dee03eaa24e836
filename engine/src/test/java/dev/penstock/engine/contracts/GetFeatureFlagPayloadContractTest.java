package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagPayload;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes with the value of a flag. */
@Timeout(60)
class GetFeatureFlagPayloadContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Get Feature Flag Payload: Payload getter returns payload for the matched flag value")
    void shouldGiveThePayloadOfTheValue() {
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("checkout", "blue").withPayload("{\"cta\":\"Try now\"}"));

        FlagPayload payload =
                client.client().flags().getPayload("checkout", USER).orElseThrow();

        assertThat(payload.value()).isEqualTo(Map.of("cta", "Try now"));
    }

    @Test
    @DisplayName("Get Feature Flag Payload: Payload getter returns no payload for unknown flags")
    void shouldGiveNoneForAnUnknownFlag() {
        ClientFixture client = host.clientKnowing();

        assertThat(client.client().flags().getPayload("missing-flag", USER)).isEmpty();
    }

    @Test
    @DisplayName("Get Feature Flag Payload: Payload lookup does not emit feature flag called by itself")
    void shouldReportNothing() {
        ClientFixture client =
                host.clientKnowing(ScriptedFlag.of("checkout", true).withPayload("{\"enabled\":1}"));

        assertThat(client.client().flags().getPayload("checkout", USER)).isPresent();

        assertThat(host.flagsCalled(client)).isEmpty();
    }
}
