package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an opt-out keeps from leaving. */
@Timeout(60)
class ConsentGatingContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Consent Gating: Opted out consent blocks capture and persistence writes")
    void shouldSendNothingOfAnyKindWhileOptedOut() {
        ClientFixture client = host.client(config -> config.optedOut(true));
        CaptureClient capturing = client.client();

        assertThat(capturing.capture("user", "Blocked", Map.of())).isEqualTo(CaptureResult.DISABLED);
        assertThat(capturing.captureException(new IllegalStateException("boom")))
                .isEqualTo(CaptureResult.DISABLED);
        assertThat(capturing.ai().capture("user", "$ai_generation", Map.of())).isEmpty();
        assertThat(capturing.logs().logger().info("blocked")).isEqualTo(CaptureResult.DISABLED);

        host.assertNothingSent(client);
        assertThat(host.collector().logs().requests()).isEmpty();
    }

    @Test
    @DisplayName("Consent Gating: Opted in consent allows capture")
    void shouldCaptureOnceOptedIn() {
        ClientFixture client = host.client(config -> config.optedOut(true));

        client.client().optIn();
        client.capture("Allowed");

        assertThat(host.sent(client, "Allowed")).hasSize(1);
    }
}
