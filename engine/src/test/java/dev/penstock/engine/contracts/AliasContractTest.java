package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A second id for somebody. */
@Timeout(60)
class AliasContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Alias: Server alias links explicit previous and new identities")
    void shouldLinkTheIdsThatAreGiven() {
        ClientFixture client = host.client();

        assertThat(client.client()
                        .alias()
                        .distinctId("anon-123")
                        .alias("user-123")
                        .send())
                .isEqualTo(CaptureResult.ACCEPTED);

        ReceivedEvent event = host.onlySent(client, "$create_alias");
        assertThat(event.distinctId()).isEqualTo("anon-123");
        assertThat(event.properties()).containsEntry("alias", "user-123");
    }

    @ParameterizedTest(name = "previous \"{0}\", new \"{1}\"")
    @CsvSource({",user-123", "' ',user-123", "anon-123,", "anon-123,' '"})
    @DisplayName("Alias: Alias is dropped when required identities are missing")
    void shouldDropWhatLacksAnId(String previous, String next) {
        ClientFixture client = host.client();

        assertThat(client.client().alias().distinctId(previous).alias(next).send())
                .isEqualTo(CaptureResult.INVALID);

        host.assertNothingSent(client);
        client.awaitWarning("alias");
    }
}
