package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Properties of every event, for as long as the client lives. */
@Timeout(60)
class RegisterContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Register: Register adds super properties to future events")
    void shouldAddThemToEventsFromNowOn() {
        ClientFixture client = host.client();
        client.capture("Before");

        client.client().superProperties().register(Map.of("plan", "pro", "region", "eu"));
        client.capture("Viewed Dashboard");

        assertThat(host.onlySent(client, "Viewed Dashboard").properties())
                .containsEntry("plan", "pro")
                .containsEntry("region", "eu");
        assertThat(host.onlySent(client, "Before").properties()).doesNotContainKeys("plan", "region");
    }

    @Test
    @DisplayName("Register: Later register calls override existing super properties")
    void shouldReplaceAnEarlierValue() {
        ClientFixture client = host.client(config -> config.superProperties(Map.of("plan", "free")));

        client.client().superProperties().register(Map.of("plan", "pro"));
        client.capture("Viewed Dashboard");

        assertThat(client.client().superProperties().all()).isEqualTo(Map.of("plan", "pro"));
        assertThat(host.onlySent(client, "Viewed Dashboard").property("plan")).isEqualTo("pro");
    }
}
