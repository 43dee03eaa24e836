package dev.penstock.stress.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientRegistryTest {
    /** Nothing listens there, and nothing is sent there. */
    private static final ClientConfig CONFIG =
            ClientConfig.builder("phc_demo").host("http://127.0.0.1:9").build();

    private final ClientRegistry registry = new ClientRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldEndTheClientThatIsReplacedAndNoOther() throws Exception {
        registry.start("t-1", CONFIG);
        registry.start("t-2", CONFIG);
        CaptureClient replaced = registry.client("t-1");
        registry.start("t-1", CONFIG);

        assertThat(registry.client("t-1")).isNotSameAs(replaced);
        assertThat(capture(replaced)).isEqualTo(CaptureResult.CLOSED);
        assertThat(capture(registry.client("t-1"))).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(capture(registry.client("t-2"))).isEqualTo(CaptureResult.ACCEPTED);
    }

    @Test
    void shouldEndADiscardedClientAndForgetIt() throws Exception {
        registry.start("t-1", CONFIG);
        CaptureClient client = registry.client("t-1");
        registry.discard("t-1");

        assertThat(capture(client)).isEqualTo(CaptureResult.CLOSED);
        assertThatThrownBy(() -> registry.client("t-1")).isInstanceOf(BadCallException.class);
    }

    @Test
    void shouldEndAllClientsOnClose() throws Exception {
        registry.start("", CONFIG);
        registry.start("t-1", CONFIG);
        CaptureClient shared = registry.client("");
        CaptureClient own = registry.client("t-1");
        registry.close();

        assertThat(capture(shared)).isEqualTo(CaptureResult.CLOSED);
        assertThat(capture(own)).isEqualTo(CaptureResult.CLOSED);
    }

    private static CaptureResult capture(CaptureClient client) {
        return client.capture("user-1", "e", Map.of());
    }
}
