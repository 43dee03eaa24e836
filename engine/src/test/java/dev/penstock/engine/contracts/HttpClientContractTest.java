package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientConfig;
import dev.penstock.client.FlushResult;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagEvaluations;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.collector.Answer;
import dev.penstock.collector.FlagRequest;
import dev.penstock.collector.ReceivedRequest;
import dev.penstock.collector.Route;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, and what is tried again. */
@Timeout(60)
class HttpClientContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");
    private static final ScriptedFlag BETA_UI = ScriptedFlag.of("beta-ui", true);
    private static final Duration FLAG_TIMEOUT = Duration.ofSeconds(2);

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    private ClientFixture asking(int retries) {
        host.collector().flags().answer(ScriptedFlag.answer(BETA_UI));
        return host.client(config -> config.flagRetries(retries).flagRequestTimeout(FLAG_TIMEOUT));
    }

    private Duration between(int earlier, int later) {
        List<FlagRequest> requests = host.evaluations();
        return Duration.ofNanos(
                requests.get(later).receivedNanos() - requests.get(earlier).receivedNanos());
    }

    @Test
    @DisplayName("HTTP Client: HTTP client sends ingestion requests with authentication and JSON payload")
    void shouldSendTheKeyAndTheEvent() {
        ClientFixture client = host.client();
        client.client().capture("user-123", "Save", Map.of());
        client.flush();

        ReceivedRequest request = host.collector().requests().get(0);
        assertThat(request.route()).isEqualTo(Route.BATCH);
        assertThat(request.header("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(request.body()).contains("\"api_key\":\"phc_test\"", "\"event\":\"Save\"");
    }

    @Test
    @DisplayName("HTTP Client: HTTP client treats successful status codes as delivered")
    void shouldTakeStatus200ForDelivered() {
        host.collector().answerNext(Answer.status(200));
        ClientFixture client = host.client();
        client.capture("Save");

        client.flush();

        assertThat(client.stats().delivered()).isEqualTo(1);
        assertThat(client.stats().pending().total()).isZero();
    }

    @Test
    @DisplayName("HTTP Client: HTTP client reports retryable failures without throwing to capture callers")
    void shouldKeepTheEventAndThrowNothing() {
        host.collector().answerAll(Answer.status(503));
        ClientFixture client = host.client(config -> config.maxRetries(50));

        client.capture("Retry Me");
        assertThat(client.client().flush(Duration.ZERO)).isEqualTo(FlushResult.TIMED_OUT);

        host.collector().awaitRequests(1, Await.LONG);
        assertThat(client.stats().pending().total()).isEqualTo(1);
        host.collector().answerNormally();
        assertThat(host.sent(client, "Retry Me")).hasSize(1);
    }

    @Test
    @DisplayName("HTTP Client: Flags request retries one transient transport failure by default")
    void shouldAskAgainAfterATimeout() {
        assertThat(ClientConfig.DEFAULT_FLAG_RETRIES).isEqualTo(1);
        ClientFixture client = asking(ClientConfig.DEFAULT_FLAG_RETRIES);
        host.collector().flags().answerNext(Answer.hang());

        assertThat(client.client().flags().getFlag("beta-ui", USER)).isEqualTo(FlagValue.TRUE);

        assertThat(host.evaluations()).hasSize(2);
        assertThat(between(0, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @ParameterizedTest(name = "status {0}")
    @ValueSource(ints = {502, 504})
    @DisplayName("HTTP Client: Flags request retries transient gateway HTTP status errors by default")
    void shouldAskAgainAfterAGatewayFailed(int status) {
        ClientFixture client = asking(ClientConfig.DEFAULT_FLAG_RETRIES);
        host.collector().flags().answerNext(Answer.status(status));

        assertThat(client.client().flags().getFlag("beta-ui", USER)).isEqualTo(FlagValue.TRUE);

        assertThat(host.evaluations()).hasSize(2);
        assertThat(between(0, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    @DisplayName("HTTP Client: Flags request does not retry non-transient HTTP status errors")
    void shouldNotAskAgainAfterStatus503() {
        host.collector().flags().answerAll(Answer.status(503));
        ClientFixture client =
                host.clientKnowing(BETA_UI, ScriptedFlag.of("undecided", true).ofPros());

        FlagEvaluations flags =
                client.client().flags().evaluateFlags(USER, FlagOptions.DEFAULT.withRemoteFallback(true));

        assertThat(host.evaluations()).hasSize(1);
        assertThat(flags.values()).isEqualTo(Map.of("beta-ui", FlagValue.TRUE));
    }

    @Test
    @DisplayName("HTTP Client: Zero configured flag retries disables retry")
    void shouldNotAskAgainWhereThatIsSwitchedOff() {
        ClientFixture client = asking(0);
        host.collector().flags().answerNext(Answer.hang());

        assertThat(client.client().flags().getFlag("beta-ui", USER)).isSameAs(FlagValue.MISSING);

        assertThat(host.evaluations()).hasSize(1);
    }

    @Test
    @DisplayName("HTTP Client: Configured flag retries use 300ms exponential backoff")
    void shouldDoubleTheWait() {
        ClientFixture client = asking(2);
        host.collector().flags().answerNext(Answer.reset(), Answer.reset());

        assertThat(client.client().flags().getFlag("beta-ui", USER)).isEqualTo(FlagValue.TRUE);

        assertThat(host.evaluations()).hasSize(3);
        assertThat(between(0, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(between(1, 2)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
    }
}
