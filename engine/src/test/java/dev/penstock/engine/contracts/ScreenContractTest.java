package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.testing.ClientFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A screen that somebody looks at. */
@Timeout(60)
class ScreenContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Screen: Screen records a screen view event")
    void shouldSendTheScreenAndTheProperties() {
        ClientFixture client = host.client();

        client.client().screen("Home").distinctId("user").put("tab", "main").send();

        assertThat(host.onlySent(client, "$screen").properties())
                .containsEntry("$screen_name", "Home")
                .containsEntry("tab", "main");
    }

    @Test
    @DisplayName("Screen: Screen respects opt-out state")
    void shouldSendNothingWhileOptedOut() {
        ClientFixture client = host.client(config -> config.optedOut(true));

        assertThat(client.client().screen("Home").distinctId("user").send()).isEqualTo(CaptureResult.DISABLED);

        host.assertNothingSent(client);
    }
}
