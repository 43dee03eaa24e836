package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The start of a client. */
@Timeout(60)
class SetupContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Setup: Setup initializes storage transport queue and identity state")
    void shouldBeAbleToSendAtOnce() {
        ClientFixture client = host.client();

        assertThat(client.client().isEnabled()).isTrue();
        assertThat(client.stats().ring().slots()).isEqualTo(4_096);
        client.capture("Started");

        assertThat(host.sent(client, "Started")).hasSize(1);
    }

    @Test
    @DisplayName("Setup: Repeated setup does not duplicate singleton state")
    void shouldShareNothingWithAnotherClient() {
        ClientFixture first = host.client();
        ClientFixture second = host.client();

        first.client().superProperties().register(Map.of("plan", "pro"));
        second.client().optOut();
        first.capture("First");

        assertThat(host.onlySent(first, "First").property("plan")).isEqualTo("pro");
        assertThat(second.client().superProperties().all()).isEmpty();
        assertThat(first.client().isOptedOut()).isFalse();
        second.end(Await.LONG);
        first.capture("Second");
        assertThat(host.sent(first, "Second")).hasSize(1);
    }
}
