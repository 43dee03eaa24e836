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
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who somebody is. */
@Timeout(60)
class IdentifyContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Identify: Server identify sends a profile update for explicit distinct id")
    void shouldSendWhatIsKnownOfAPerson() {
        ClientFixture client = host.client();

        assertThat(client.client()
                        .identify("user-123")
                        .setPerson("email", "user@test.test")
                        .send())
                .isEqualTo(CaptureResult.ACCEPTED);

        ReceivedEvent event = host.onlySent(client, "$identify");
        assertThat(event.distinctId()).isEqualTo("user-123");
        assertThat(event.property("$set")).isEqualTo(Map.of("email", "user@test.test"));
        assertThat(event.properties()).doesNotContainKey("$anon_distinct_id");
    }

    @ParameterizedTest(name = "distinct id \"{0}\"")
    @NullAndEmptySource
    @ValueSource(strings = " ")
    @DisplayName("Identify: Identify validates distinct id")
    void shouldDropWhatNamesNobody(String distinctId) {
        ClientFixture client = host.client();

        assertThat(client.client()
                        .identify(distinctId)
                        .setPerson("email", "user@test.test")
                        .send())
                .isEqualTo(CaptureResult.INVALID);

        host.assertNothingSent(client);
    }
}
