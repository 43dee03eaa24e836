package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.collector.ReceivedEvent;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** AI events, which have a route of their own. */
@Timeout(60)
class CaptureAiContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Capture AI: capture_ai returns the event uuid and rides the AI route")
    void shouldTellTheIdOfWhatRidesTheAiRoute() {
        ClientFixture client = host.client();

        Optional<UUID> uuid = client.client().ai().capture("user-123", "$ai_generation", Map.of("$ai_model", "gpt"));

        client.flush();
        assertThat(host.collector().eventsBy(Route.AI)).hasSize(1);
        ReceivedEvent event = host.collector().eventsBy(Route.AI).get(0);
        assertThat(event.event()).isEqualTo("$ai_generation");
        assertThat(event.property("$ai_model")).isEqualTo("gpt");
        assertThat(event.uuid()).isEqualTo(uuid.orElseThrow().toString());
        assertThat(event.timestampText()).isNotEmpty();
    }

    @Test
    @DisplayName("Capture AI: capture and capture_ai ride separate routes")
    void shouldNeverShareARequest() {
        ClientFixture client = host.client();

        client.capture("button_clicked");
        client.client().ai().capture("user-123", "$ai_generation", Map.of());
        client.flush();

        assertThat(host.collector().eventsBy(Route.BATCH))
                .extracting(ReceivedEvent::event)
                .containsExactly("button_clicked");
        assertThat(host.collector().eventsBy(Route.AI))
                .extracting(ReceivedEvent::event)
                .containsExactly("$ai_generation");
    }

    @Test
    @DisplayName("Capture AI: capture never reroutes AI-named events")
    void shouldGoByTheCallAndNotByTheName() {
        ClientFixture client = host.client();

        client.capture("$ai_generation");
        client.flush();

        assertThat(host.collector().eventsBy(Route.BATCH))
                .extracting(ReceivedEvent::event)
                .containsExactly("$ai_generation");
        assertThat(host.collector().requestsTo(Route.AI)).isEmpty();
    }

    @Test
    @DisplayName("Capture AI: the SDK generates a UUID when the caller supplies none")
    void shouldSendTheCallersIdOrItsOwn() {
        ClientFixture client = host.client();
        UUID own = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

        Optional<UUID> made = client.client().ai().capture("user-123", "$ai_span", Map.of());
        Optional<UUID> given = client.client()
                .ai()
                .event("$ai_generation")
                .distinctId("user-123")
                .uuid(own)
                .sendForUuid();
        client.flush();

        assertThat(given).contains(own);
        assertThat(host.collector().eventsBy(Route.AI))
                .extracting(ReceivedEvent::uuid)
                .containsExactly(made.orElseThrow().toString(), own.toString());
    }

    @Test
    @DisplayName("Capture AI: oversized events are dropped logging name and size only")
    void shouldNameWhatIsTooLargeAndShowNothingOfIt() {
        ClientFixture client = host.client(config -> config.maxAiEventBytes(100_000));

        client.client().ai().capture("user-123", "$ai_generation", Map.of("$ai_input", "secret".repeat(50_000)));
        client.flush();

        assertThat(host.collector().requestsTo(Route.AI)).isEmpty();
        client.awaitWarning("$ai_generation", "bytes");
        assertThat(client.logger().lines()).noneMatch(line -> line.text().contains("secret"));
    }

    @Test
    @DisplayName("Capture AI: capture_ai never throws")
    void shouldThrowNothingWhenNobodyListens() {
        host.collector().stop();
        ClientFixture client = host.client(config -> config.maxRetries(0));

        assertThat(client.client().ai().capture("user-123", "$ai_generation", Map.of()))
                .isPresent();
        client.flush();

        assertThat(client.stats().expired()).isEqualTo(1);
    }
}
