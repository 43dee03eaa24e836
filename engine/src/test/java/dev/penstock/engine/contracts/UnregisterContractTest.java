package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Taking a property of every event back. */
@Timeout(60)
class UnregisterContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Unregister: Unregister removes a super property from future events")
    void shouldRemoveItFromEventsFromNowOn() {
        ClientFixture client = host.client(config -> config.superProperties(Map.of("plan", "pro", "region", "eu")));

        client.client().superProperties().unregister("plan");
        client.capture("Viewed Dashboard");

        assertThat(host.onlySent(client, "Viewed Dashboard").properties())
                .doesNotContainKey("plan")
                .containsEntry("region", "eu");
    }

    @Test
    @DisplayName("Unregister: Unregister missing property is a no-op")
    void shouldChangeNothingForAnUnknownName() {
        ClientFixture client = host.client(config -> config.superProperties(Map.of("plan", "pro")));

        client.client().superProperties().unregister("missing");

        assertThat(client.client().superProperties().all()).isEqualTo(Map.of("plan", "pro"));
        client.assertQuiet();
    }
}
