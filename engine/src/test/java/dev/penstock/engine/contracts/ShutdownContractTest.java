package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.CloseReport;
import dev.penstock.collector.Answer;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of a client. */
@Timeout(60)
class ShutdownContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Shutdown: Shutdown flushes queued events and disables future work")
    void shouldSendWhatIsPendingAndStop() {
        ClientFixture client = host.client();
        client.capture("Save");

        client.end(Await.LONG);

        assertThat(host.collector().events()).extracting(ReceivedEvent::event).containsExactly("Save");
        EngineThreadNames.assertNone(client.name());
        assertThat(client.client().capture("user", "After Shutdown", Map.of())).isEqualTo(CaptureResult.CLOSED);
        assertThat(client.stats().accepted()).isEqualTo(1);
        assertThat(host.collector().events()).hasSize(1);
    }

    @Test
    @DisplayName("Shutdown: Shutdown is idempotent")
    void shouldEndOnlyOnce() {
        ClientFixture client = host.client();

        CloseReport first = client.end(Await.LONG);

        assertThat(client.client().close(Await.LONG)).isEqualTo(first);
        EngineThreadNames.assertNone(client.name());
    }

    @Test
    @DisplayName("Shutdown: Shutdown honors delivery failures without crashing")
    void shouldEndWhenNothingCanBeDelivered() {
        host.collector().answerAll(Answer.status(503));
        ClientFixture client = host.client(config -> config.maxRetries(0));
        client.capture("Save");

        client.end(Await.LONG);

        assertThat(client.stats().expired()).isEqualTo(1);
        client.awaitWarning("status 503");
    }
}
