package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether capturing is opted out. */
@Timeout(60)
class IsOptOutContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Is Opt Out: Is opt out reports false by default")
    void shouldBeFalseByDefault() {
        assertThat(host.client().client().isOptedOut()).isFalse();
    }

    @Test
    @DisplayName("Is Opt Out: Is opt out reports true after opt out")
    void shouldBeTrueAfterAnOptOut() {
        CaptureClient client = host.client().client();

        client.optOut();

        assertThat(client.isOptedOut()).isTrue();
    }
}
