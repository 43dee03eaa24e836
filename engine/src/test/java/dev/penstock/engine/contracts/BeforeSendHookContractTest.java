package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application's hook, which sees each event before it is queued. */
@Timeout(60)
class BeforeSendHookContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Before Send Hook: Before-send can mutate an assembled event before enqueue")
    void shouldSendWhatTheHookMadeOfIt() {
        ClientFixture client = host.client(config -> config.beforeSend(event -> {
            event.properties().put("privacy", "filtered");
            return event;
        }));

        client.capture("Checkout Started");

        assertThat(host.onlySent(client, "Checkout Started").properties())
                .containsEntry("privacy", "filtered")
                .containsEntry("n", 1L);
    }

    @Test
    @DisplayName("Before Send Hook: Before-send can drop an event")
    void shouldDropWhatTheHookDrops() {
        ClientFixture client =
                host.client(config -> config.beforeSend(event -> event.name().equals("Secret Event") ? null : event));

        assertThat(client.client().capture("user", "Secret Event", Map.of())).isEqualTo(CaptureResult.FILTERED);
        client.capture("Public Event");

        assertThat(host.sent(client, "Secret Event")).isEmpty();
        assertThat(host.sent(client, "Public Event")).hasSize(1);
    }

    @Test
    @DisplayName("Before Send Hook: Before-send exceptions stop the chain and drop transformed events")
    void shouldDropTheEventWhenAHookThrows() {
        AtomicInteger last = new AtomicInteger();
        ClientFixture client = host.client(config -> config.beforeSend(event -> {
                    event.properties().put("transformed", true);
                    return event;
                })
                .beforeSend(event -> {
                    throw new IllegalStateException("hook");
                })
                .beforeSend(event -> {
                    last.incrementAndGet();
                    return event;
                }));

        assertThat(client.client().capture("user", "Safe Event", Map.of())).isEqualTo(CaptureResult.FILTERED);

        host.assertNothingSent(client);
        assertThat(last).hasValue(0);
        client.awaitWarning("before-send", "IllegalStateException");
    }
}
