package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SegmentClientsTest {

    // This module's tests have no engine on their class path.
    @Test
    void shouldSayWhatIsMissingWithoutAnEngine() {
        SegmentConfig config = SegmentConfig.builder("a-write-key").build();

        assertThatIllegalStateException()
                .isThrownBy(() -> SegmentClients.create(config))
                .withMessageContainingAll("engine", "dev.penstock:penstock-engine", "class path");
    }
}
