package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.ClientConfig;
import dev.penstock.collector.Collector;
import dev.penstock.collector.FlagRequest;
import dev.penstock.collector.FlagRoute;
import dev.penstock.collector.ReceivedEvent;
import dev.penstock.engine.testing.ClientFixture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server of one test, and its clients, which send when they are flushed or a batch is full. After the test both are
 * closed, and the server must have seen no request that breaks a rule.
 *
 * <p><b>Threads:</b> the test's.
 */
final class ContractHost implements AfterEachCallback {

    /** The key that may read flag definitions. */
    static final String SECRET = "phs_contract";

    private final Collector collector =
            Collector.builder().apiKey("phc_test").secretKey(SECRET).start();
    private final Deque<ClientFixture> clients = new ArrayDeque<>();

    /** The server. */
    Collector collector() {
        return collector;
    }

    /** A client with options of its own. */
    ClientFixture client(UnaryOperator<ClientConfig.Builder> options) {
        ClientFixture client = ClientFixture.sendingOnFlush(collector.uri(), options);
        clients.push(client);
        return client;
    }

    /** A client without further options. */
    ClientFixture client() {
        return client(config -> config);
    }

    /** A client that holds definitions of these flags and asks nobody for others. */
    ClientFixture clientKnowing(ScriptedFlag... flags) {
        return client(config -> config.flagDefinitionsJson(ScriptedFlag.bytes(ScriptedFlag.definitions(flags))));
    }

    /** A client without definitions, for which the server evaluates these flags. */
    ClientFixture clientAsking(ScriptedFlag... flags) {
        collector.flags().answer(ScriptedFlag.answer(flags));
        return client();
    }

    /** What a client has sent under a name, once it is flushed. */
    List<ReceivedEvent> sent(ClientFixture client, String event) {
        client.flush();
        return collector.events().stream()
                .filter(received -> received.event().equals(event))
                .toList();
    }

    /** The one event that a client has sent under a name. */
    ReceivedEvent onlySent(ClientFixture client, String event) {
        List<ReceivedEvent> sent = sent(client, event);
        assertThat(sent).hasSize(1);
        return sent.get(0);
    }

    /** What a client has reported of its use of flags, once it is flushed. */
    List<ReceivedEvent> flagsCalled(ClientFixture client) {
        return sent(client, "$feature_flag_called");
    }

    /** The requests to evaluate flags. */
    List<FlagRequest> evaluations() {
        return collector.flags().requestsTo(FlagRoute.EVALUATION);
    }

    /** Fails if a client sends any event, even if it is flushed. */
    void assertNothingSent(ClientFixture client) {
        client.flush();
        assertThat(collector.requests()).isEmpty();
        assertThat(client.stats().delivery().requests()).isZero();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            clients.forEach(ClientFixture::close);
        } finally {
            collector.close();
        }
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.flags().invalidReasons()).isEmpty();
        assertThat(collector.logs().invalidReasons()).isEmpty();
    }
}
