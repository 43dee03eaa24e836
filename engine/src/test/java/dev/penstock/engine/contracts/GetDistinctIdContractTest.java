package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.engine.testing.ClientFixture;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client of many people at once has no id of its own. */
@Timeout(60)
class GetDistinctIdContractTest {

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    @Test
    @DisplayName("Get Distinct ID: Server SDKs do not expose ambient distinct id state")
    void shouldHaveNoIdBetweenRequests() {
        ClientFixture client = host.client();

        client.client().identify("user-123").send();

        assertThat(client.client().contexts().current().distinctId()).isNull();
        assertThat(CaptureClient.class.getMethods())
                .extracting(method -> method.getName().toLowerCase(Locale.ROOT))
                .noneMatch(name -> name.contains("distinctid"));
    }
}
