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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a group. */
@Timeout(60)
class GroupIdentifyContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Group Identify: Group identify emits a group profile update event")
    void shouldSendWhatIsKnownOfAGroup() {
        ClientFixture client = host.client();

        assertThat(client.client()
                        .groupIdentify("company", "company-123")
                        .setGroup("plan", "pro")
                        .send())
                .isEqualTo(CaptureResult.ACCEPTED);

        ReceivedEvent event = host.onlySent(client, "$groupidentify");
        assertThat(event.distinctId()).isEqualTo("$company_company-123");
        assertThat(event.properties())
                .containsEntry("$group_type", "company")
                .containsEntry("$group_key", "company-123")
                .containsEntry("$group_set", Map.of("plan", "pro"));
    }

    @ParameterizedTest(name = "type \"{0}\", key \"{1}\"")
    @CsvSource({"company,", "company,' '", ",company-123", "'',company-123"})
    @DisplayName("Group Identify: Group identify requires type and key")
    void shouldDropWhatNamesNoGroup(String type, String key) {
        ClientFixture client = host.client();

        assertThat(client.client()
                        .groupIdentify(type, key)
                        .setGroup("plan", "pro")
                        .send())
                .isEqualTo(CaptureResult.INVALID);

        host.assertNothingSent(client);
        client.awaitWarning("groupIdentify");
    }
}
