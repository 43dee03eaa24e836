package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CaptureClientsTest {

    // This module's tests have no engine on their class path.
    @Test
    void shouldSayWhatIsMissingWithoutAnEngine() {
        ClientConfig config = ClientConfig.builder("phc_demo").build();

        assertThatIllegalStateException()
                .isThrownBy(() -> CaptureClients.create(config))
                .withMessageContainingAll("engine", "dev.penstock:penstock-engine", "class path");
    }
}
