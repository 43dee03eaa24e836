package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.FlushResult;
import dev.penstock.collector.Answer;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sending what is pending. */
@Timeout(60)
class FlushContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Flush: Flush immediately sends queued events")
    void shouldSendWhatIsPending() {
        ClientFixture client = host.client();
        client.capture("First");
        client.capture("Second");
        assertThat(host.collector().requests()).isEmpty();

        client.flush();

        assertThat(host.collector().events()).extracting(ReceivedEvent::event).containsExactly("First", "Second");
        assertThat(client.stats().pending().total()).isZero();
    }

    @Test
    @DisplayName("Flush: Flush is safe when the queue is empty")
    void shouldAskNobodyWithNothingPending() {
        ClientFixture client = host.client();

        assertThat(client.client().flush(Await.LONG)).isEqualTo(FlushResult.COMPLETED);

        host.assertNothingSent(client);
    }

    @Test
    @DisplayName("Flush: Flush keeps events retryable when delivery fails")
    void shouldKeepWhatCouldNotBeDelivered() {
        host.collector().answerAll(Answer.status(503));
        ClientFixture client = host.client(config -> config.maxRetries(50));
        client.capture("Save");

        assertThat(client.client().flush(Duration.ZERO)).isEqualTo(FlushResult.TIMED_OUT);
        host.collector().awaitRequests(1, Await.LONG);
        assertThat(client.stats().pending().total()).isEqualTo(1);
        assertThat(host.collector().events()).isEmpty();
        host.collector().answerNormally();

        assertThat(host.onlySent(client, "Save").distinctId()).isEqualTo("user");
    }
}
