package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Opting out and in, for as long as the client lives. */
@Timeout(60)
class OptInContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Opt In And Opt Out: Opt out prevents event capture and persists consent state")
    void shouldCaptureNothingAfterAnOptOut() {
        ClientFixture client = host.client();

        client.client().optOut();

        assertThat(client.client().isOptedOut()).isTrue();
        assertThat(client.client().capture("user", "Blocked", Map.of())).isEqualTo(CaptureResult.DISABLED);
        host.assertNothingSent(client);
    }

    @Test
    @DisplayName("Opt In And Opt Out: Opt in re-enables capture and persists consent state")
    void shouldCaptureAgainAfterAnOptIn() {
        ClientFixture client = host.client(config -> config.optedOut(true));

        client.client().optIn();

        assertThat(client.client().isOptedOut()).isFalse();
        client.capture("Allowed");
        assertThat(host.sent(client, "Allowed")).hasSize(1);
    }
}
