package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientStats;
import dev.penstock.collector.Answer;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events whose delivery failed. */
@Timeout(60)
class RetryQueueContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Retry Queue: Retry queue keeps events after transient failure")
    void shouldKeepAnEventAfterAFailure() {
        host.collector().answerAll(Answer.status(503));
        ClientFixture client = host.client(config -> config.maxRetries(50));
        client.capture("Retry Me");
        client.client().flush(Duration.ZERO);

        host.collector().awaitRequests(1, Await.LONG);

        assertThat(client.stats().pending().inFlight()).isEqualTo(1);
        assertThat(client.stats().accepted()).isEqualTo(1);
        host.collector().answerNormally();
    }

    @Test
    @DisplayName("Retry Queue: Retry queue delivers events after a later success")
    void shouldDeliverAnEventOnceTheServerIsBack() {
        host.collector().answerNext(Answer.status(503));
        ClientFixture client = host.client();
        client.capture("Retry Me");

        assertThat(host.onlySent(client, "Retry Me").distinctId()).isEqualTo("user");

        assertThat(client.stats().delivery().retries()).isEqualTo(1);
        assertThat(client.stats().delivered()).isEqualTo(1);
        assertThat(client.stats().pending().total()).isZero();
    }

    @Test
    @DisplayName("Retry Queue: Retry queue drops or bounds events when capacity is exceeded")
    void shouldBoundWhatWaits() {
        host.collector().answerAll(Answer.hang());
        ClientFixture client = host.client(config ->
                config.ringSlots(64).maxBatchEvents(1).maxInFlightRequests(1).requestTimeout(Duration.ofMinutes(1)));
        client.capture("first");
        host.collector().awaitRequests(1, Await.LONG);

        int attempts = 5_000;
        for (int i = 0; i < attempts; i++) {
            client.client().capture("user", "more", Map.of());
        }

        // The account is right at the instant at which it balances, and the pipeline may go on reading after it.
        AtomicReference<ClientStats> balanced = new AtomicReference<>();
        Await.until(
                () -> {
                    balanced.set(client.stats());
                    return balanced.get().isBalanced();
                },
                "the account balances");
        ClientStats stats = balanced.get();
        assertThat(stats.accepted()).isBetween(64L, 2_500L);
        assertThat(stats.pending().total()).isEqualTo(stats.accepted());
        assertThat(stats.results().get(CaptureResult.RING_FULL)).isEqualTo(attempts + 1 - stats.accepted());
        Await.until(
                () -> client.logger().lines().stream()
                        .anyMatch(line -> line.text().contains("the ring was full")),
                "the log tells that there was no room");
        host.collector().answerNormally();
        host.collector().release();
    }
}
