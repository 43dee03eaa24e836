package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.BeforeSend;
import dev.penstock.client.CaptureResult;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Capturing an event. */
@Timeout(60)
class CaptureContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Capture: Server capture requires an explicit distinct id")
    void shouldSendTheEventOfThePersonThatIsNamed() {
        ClientFixture client = host.client();

        assertThat(client.client().capture("user-123", "Signed Up", Map.of("source", "api")))
                .isEqualTo(CaptureResult.ACCEPTED);

        ReceivedEvent event = host.onlySent(client, "Signed Up");
        assertThat(event.distinctId()).isEqualTo("user-123");
        assertThat(event.properties()).containsEntry("source", "api").containsKeys("$lib", "$lib_version");
        assertThat(UUID.fromString(event.uuid())).isNotNull();
    }

    @Test
    @DisplayName("Capture: Capture honors opt-out state")
    void shouldSendNothingWhileOptedOut() {
        ClientFixture client = host.client(config -> config.optedOut(true));

        assertThat(client.client().capture("user", "Ignored Event", Map.of())).isEqualTo(CaptureResult.DISABLED);

        host.assertNothingSent(client);
    }

    @Test
    @DisplayName("Capture: Capture can be modified or dropped by before-send")
    void shouldAskTheHookForEveryEvent() {
        AtomicReference<BeforeSend> hook = new AtomicReference<>(event -> {
            event.properties().put("filtered", "yes");
            return event;
        });
        ClientFixture client =
                host.client(config -> config.beforeSend(event -> hook.get().beforeSend(event)));

        client.capture("Filtered Event");
        hook.set(event -> null);
        assertThat(client.client().capture("user", "Dropped Event", Map.of())).isEqualTo(CaptureResult.FILTERED);

        assertThat(host.onlySent(client, "Filtered Event").property("filtered")).isEqualTo("yes");
        assertThat(host.sent(client, "Dropped Event")).isEmpty();
    }

    @Test
    @DisplayName("Capture: Capture drops an immediately delivered event when before-send throws")
    void shouldSendNothingAtOnceWhenTheHookThrows() {
        ClientFixture client = host.client(
                config -> config.synchronousTimeout(Duration.ofSeconds(5)).beforeSend(event -> {
                    throw new IllegalStateException("hook");
                }));

        assertThat(client.client().capture("user", "Sensitive Event", Map.of())).isEqualTo(CaptureResult.FILTERED);

        host.assertNothingSent(client);
        client.awaitWarning("before-send");
    }
}
