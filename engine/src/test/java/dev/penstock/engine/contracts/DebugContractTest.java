package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.testing.ClientFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages about what the client does. */
@Timeout(60)
class DebugContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    private static long requestsTold(ClientFixture client) {
        return client.logger().from(System.Logger.Level.INFO).stream()
                .filter(line -> line.contains("sending"))
                .count();
    }

    @Test
    @DisplayName("Debug: Debug can be enabled and disabled at runtime")
    void shouldTellOfRequestsWhileItIsOn() {
        ClientFixture client = host.client();

        client.client().debug(true);
        assertThat(client.client().isDebug()).isTrue();
        client.capture("told");
        client.flush();
        assertThat(requestsTold(client)).isEqualTo(1);

        client.client().debug(false);
        assertThat(client.client().isDebug()).isFalse();
        client.capture("untold");
        client.flush();
        assertThat(requestsTold(client)).isEqualTo(1);
        assertThat(host.collector().requests()).hasSize(2);
    }

    @Test
    @DisplayName("Debug: Debug does not emit analytics or network traffic")
    void shouldSendNothingByItself() {
        ClientFixture client = host.client();

        client.client().debug(true);

        host.assertNothingSent(client);
        assertThat(host.collector().flags().requests()).isEmpty();
    }

    @Test
    @DisplayName("Debug: Debug defaults to enabled when called without an argument")
    void shouldBeOnWithoutAnArgument() {
        ClientFixture client = host.client();

        client.client().debug();

        assertThat(client.client().isDebug()).isTrue();
    }
}
