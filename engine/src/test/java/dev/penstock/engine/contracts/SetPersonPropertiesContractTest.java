package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changing what is known of a person. */
@Timeout(60)
class SetPersonPropertiesContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Set Person Properties: Set person properties emits profile update properties")
    void shouldSendWhatIsKnownOfAPerson() {
        ClientFixture client = host.client();

        client.client().person("user-123").setPerson("email", "user@test.test").send();

        ReceivedEvent event = host.onlySent(client, "$set");
        assertThat(event.distinctId()).isEqualTo("user-123");
        assertThat(event.property("$set")).isEqualTo(Map.of("email", "user@test.test"));
    }

    @Test
    @DisplayName("Set Person Properties: Set person properties can include set-once properties")
    void shouldSendWhatIsSetOnce() {
        ClientFixture client = host.client();

        client.client()
                .person("user-123")
                .setPerson("email", "user@test.test")
                .setPersonOnce("first_seen", "yesterday")
                .send();

        assertThat(host.onlySent(client, "$set").properties())
                .containsEntry("$set", Map.of("email", "user@test.test"))
                .containsEntry("$set_once", Map.of("first_seen", "yesterday"));
    }

    @Test
    @DisplayName("Set Person Properties: Empty person property updates do not crash")
    void shouldSendNothingWithNothingToSet() {
        ClientFixture client = host.client();

        assertThat(client.client().person("user-123").setPerson(Map.of()).send())
                .isEqualTo(CaptureResult.INVALID);

        host.assertNothingSent(client);
    }
}
