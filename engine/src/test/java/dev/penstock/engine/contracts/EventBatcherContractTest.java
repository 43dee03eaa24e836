package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When events leave, and in which order. */
@Timeout(60)
class EventBatcherContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Event Batcher: Batcher flushes when batch size threshold is reached")
    void shouldSendAFullBatch() {
        ClientFixture client = host.client(config -> config.maxBatchEvents(2));

        client.capture("First");
        client.capture("Second");

        host.collector().awaitEvents(2, Await.LONG);
        client.awaitSettled();
        assertThat(host.collector().requests()).hasSize(1);
        assertThat(host.collector().events()).extracting(ReceivedEvent::event).containsExactly("First", "Second");
    }

    @Test
    @DisplayName("Event Batcher: Batcher flushes when interval elapses")
    void shouldSendABatchThatIsNotFullInTime() {
        ClientFixture client = host.client(config -> config.linger(Duration.ofMillis(50)));

        client.capture("Delayed");

        host.collector().awaitEvents(1, Await.LONG);
        assertThat(host.collector().events()).extracting(ReceivedEvent::event).containsExactly("Delayed");
    }

    @Test
    @DisplayName("Event Batcher: Batcher preserves FIFO order within a batch")
    void shouldKeepTheOrder() {
        ClientFixture client = host.client(config -> config.maxBatchEvents(3));

        client.capture("First");
        client.capture("Second");
        client.capture("Third");

        host.collector().awaitEvents(3, Await.LONG);
        assertThat(host.collector().requests()).hasSize(1);
        assertThat(host.collector().events())
                .extracting(ReceivedEvent::event)
                .containsExactly("First", "Second", "Third");
    }
}
