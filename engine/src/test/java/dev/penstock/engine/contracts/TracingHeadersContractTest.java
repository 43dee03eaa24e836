package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.TracingHeaders;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom a request is from, by its headers. */
@SuppressWarnings("try") // scopes are only closed
@Timeout(60)
class TracingHeadersContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    private static ContextScope handling(ClientFixture client, Map<String, String> headers) {
        return client.client()
                .contexts()
                .enterFresh(TracingHeaders.fromMap(headers).build());
    }

    @Test
    @DisplayName("Tracing headers: Server middleware applies tracing headers to request-scoped capture context")
    void shouldTakePersonAndSessionFromTheHeaders() {
        ClientFixture client = host.client();

        try (ContextScope scope =
                handling(client, Map.of("X-POSTHOG-DISTINCT-ID", "user-123", "x-posthog-session-id", "session-123"))) {
            client.client().capture(null, "Backend Work", Map.of());
        }
        client.client().capture(null, "Elsewhere", Map.of());

        ReceivedEvent event = host.onlySent(client, "Backend Work");
        assertThat(event.distinctId()).isEqualTo("user-123");
        assertThat(event.property("$session_id")).isEqualTo("session-123");
        assertThat(host.onlySent(client, "Elsewhere").distinctId()).isNotEqualTo("user-123");
    }

    @Test
    @DisplayName("Tracing headers: Explicit capture values override server tracing context")
    void shouldLetTheEventHaveTheLastWord() {
        ClientFixture client = host.client();

        try (ContextScope scope = handling(
                client, Map.of("X-POSTHOG-DISTINCT-ID", "header-user", "X-POSTHOG-SESSION-ID", "header-session"))) {
            client.client().capture("explicit-user", "Backend Work", Map.of("$session_id", "explicit-session"));
        }

        ReceivedEvent event = host.onlySent(client, "Backend Work");
        assertThat(event.distinctId()).isEqualTo("explicit-user");
        assertThat(event.property("$session_id")).isEqualTo("explicit-session");
    }

    @Test
    @DisplayName("Tracing headers: Server capture without explicit or context distinct id is personless")
    void shouldBePersonlessWithoutAPerson() {
        ClientFixture client = host.client();

        try (ContextScope scope = handling(client, Map.of("X-POSTHOG-SESSION-ID", "session-123"))) {
            client.client().capture(null, "Backend Work", Map.of());
        }

        ReceivedEvent event = host.onlySent(client, "Backend Work");
        assertThat(UUID.fromString(event.distinctId())).isNotNull();
        assertThat(event.properties())
                .containsEntry("$session_id", "session-123")
                .containsEntry("$process_person_profile", false);
    }

    @Test
    @DisplayName("Tracing headers: Server feature flag evaluation without explicit or context distinct id is empty")
    void shouldEvaluateNothingForNobody() {
        ClientFixture client = host.clientAsking(ScriptedFlag.of("beta-ui", true));

        try (ContextScope scope = handling(client, Map.of("X-POSTHOG-SESSION-ID", "session-123"))) {
            FlagEvaluations evaluations =
                    client.client().flags().evaluateFlags(FlagContext.of(null), FlagOptions.DEFAULT);
            assertThat(evaluations.keys()).isEmpty();
            assertThat(evaluations.isEnabled("beta-ui")).isFalse();
        }

        assertThat(host.collector().flags().requests()).isEmpty();
        assertThat(host.flagsCalled(client)).isEmpty();
    }

    @Test
    @DisplayName("Tracing headers: Server sanitizes tracing header values before storing context")
    void shouldCleanWhatTheHeadersSay() {
        ClientFixture client = host.client();

        try (ContextScope scope = handling(
                client,
                Map.of("X-POSTHOG-DISTINCT-ID", " \tuser\u0000-12\u00073\n ", "X-POSTHOG-SESSION-ID", " \u0001 "))) {
            client.client().capture(null, "Sanitized Work", Map.of());
        }

        ReceivedEvent event = host.onlySent(client, "Sanitized Work");
        assertThat(event.distinctId()).isEqualTo("user-123");
        assertThat(event.properties()).doesNotContainKey("$session_id");
    }
}
