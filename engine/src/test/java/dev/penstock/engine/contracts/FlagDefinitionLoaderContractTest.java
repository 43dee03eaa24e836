package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagDefinitionsCache;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.collector.Answer;
import dev.penstock.collector.FlagRequest;
import dev.penstock.collector.FlagRoute;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where flag definitions come from and what becomes of them. */
@Timeout(60)
class FlagDefinitionLoaderContractTest {

    private static final FlagContext USER = FlagContext.of("user-123");
    private static final String DEFINITIONS = ScriptedFlag.definitions(ScriptedFlag.of("beta-ui", true));

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    /** A cache whose answers a test decides; each may fail. */
    private static final class ScriptedCache implements FlagDefinitionsCache {

        private volatile Boolean shouldFetch;
        private volatile String stored;
        private final List<String> received = new CopyOnWriteArrayList<>();
        private final AtomicInteger closed = new AtomicInteger();
        private final CountDownLatch readable = new CountDownLatch(1);
        private volatile boolean failsToClose;

        ScriptedCache(Boolean shouldFetch, String stored) {
            this.shouldFetch = shouldFetch;
            this.stored = stored;
        }

        private static <T> T orFail(T answer) {
            if (answer == null) {
                throw new IllegalStateException("the cache is down");
            }
            return answer;
        }

        @Override
        public boolean shouldFetch() {
            return orFail(shouldFetch);
        }

        @Override
        public Optional<byte[]> load() {
            Await.latch(readable, "the cache may be read");
            return Optional.of(ScriptedFlag.bytes(orFail(stored)));
        }

        @Override
        public void store(byte[] definitions) {
            received.add(new String(definitions, StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            if (failsToClose) {
                throw new IllegalStateException("the cache is down");
            }
        }
    }

    private ClientFixture starting(ScriptedCache cache) {
        host.collector().flags().definitions(DEFINITIONS);
        return host.client(config -> config.secretKey(ContractHost.SECRET).flagDefinitionsCache(cache));
    }

    private ClientFixture loading(ScriptedCache cache) {
        cache.readable.countDown();
        ClientFixture client = starting(cache);
        assertHasDefinitions(client);
        return client;
    }

    private static void assertHasDefinitions(ClientFixture client) {
        Await.until(client.client().flags()::isLocalEvaluationReady, "definitions are loaded");
        assertThat(client.client().flags().getFlag("beta-ui", USER)).isEqualTo(FlagValue.TRUE);
    }

    private static boolean reload(ClientFixture client) throws Exception {
        return client.client().flags().reload().toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    private List<FlagRequest> requests() {
        return host.collector().flags().requestsTo(FlagRoute.DEFINITIONS);
    }

    @Test
    @DisplayName("Flag Definition Loader: Loader fetches and caches local evaluation definitions")
    void shouldHoldWhatTheServerSends() {
        host.collector().flags().definitions(DEFINITIONS);
        ClientFixture client = host.client(config -> config.secretKey(ContractHost.SECRET));

        assertHasDefinitions(client);

        assertThat(client.client().flags().stats().loadedAt()).isPresent();
        assertThat(host.evaluations()).isEmpty();
    }

    @Test
    @DisplayName("Flag Definition Loader: Loader keeps stale definitions when refresh fails")
    void shouldKeepWhatItHolds() throws Exception {
        host.collector().flags().definitions(DEFINITIONS);
        ClientFixture client = host.client(config -> config.secretKey(ContractHost.SECRET));
        assertHasDefinitions(client);

        host.collector().flags().answerNext(Answer.status(503));
        assertThat(reload(client)).isFalse();

        assertHasDefinitions(client);
        client.awaitWarning("definitions", "503");
    }

    @Test
    @DisplayName("Flag Definition Loader: Loader refreshes after polling interval")
    void shouldAskAgainAfterTheInterval() {
        host.collector().flags().definitions(DEFINITIONS);
        host.client(config -> config.secretKey(ContractHost.SECRET).flagPollInterval(Duration.ofMillis(100)));

        host.collector().flags().awaitRequestsTo(FlagRoute.DEFINITIONS, 3, Await.LONG);

        assertThat(requests()).extracting(FlagRequest::status).startsWith(200, 304);
    }

    @Test
    @DisplayName("Flag Definition Loader: Sync provider results are used where supported")
    void shouldTakeWhatTheCacheHolds() {
        loading(new ScriptedCache(false, DEFINITIONS));

        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("Flag Definition Loader: Loader stores definitions after this instance fetches")
    void shouldHandTheCacheWhatItFetched() {
        ScriptedCache cache = new ScriptedCache(true, null);
        loading(cache);

        Await.until(() -> !cache.received.isEmpty(), "definitions are stored");
        assertThat(cache.received).containsExactly(DEFINITIONS);
        assertThat(DEFINITIONS).contains("\"flags\"", "\"group_type_mapping\"", "\"cohorts\"");
        assertThat(requests()).hasSize(1);
    }

    @Test
    @DisplayName("Flag Definition Loader: Async provider results are awaited where supported")
    void shouldWaitForACacheThatTakesItsTime() throws Exception {
        ScriptedCache cache = new ScriptedCache(false, DEFINITIONS);
        ClientFixture client = starting(cache);
        CompletableFuture<Boolean> loaded = client.client().flags().reload().toCompletableFuture();
        Await.pause(Duration.ofMillis(50));
        assertThat(loaded).isNotDone();
        assertThat(client.client().flags().isLocalEvaluationReady()).isFalse();

        cache.readable.countDown();

        assertThat(loaded.get(15, TimeUnit.SECONDS)).isTrue();
        assertHasDefinitions(client);
        assertThat(requests()).isEmpty();
    }

    @Test
    @DisplayName("Flag Definition Loader: Provider read failures preserve previously loaded definitions")
    void shouldKeepWhatItHoldsWhenTheCacheCannotBeRead() throws Exception {
        ScriptedCache cache = new ScriptedCache(true, null);
        ClientFixture client = loading(cache);

        cache.shouldFetch = false;
        assertThat(reload(client)).isFalse();

        assertHasDefinitions(client);
        client.awaitWarning("cache failed in load");
    }

    @Test
    @DisplayName("Flag Definition Loader: Provider fetch-decision failures fail safe to direct fetch")
    void shouldAskTheServerWhenTheCacheCannotDecide() {
        ClientFixture client = loading(new ScriptedCache(null, null));

        assertThat(requests()).hasSize(1);
        client.awaitWarning("cache failed in shouldFetch");
    }

    @Test
    @DisplayName("Flag Definition Loader: Provider shutdown is invoked and isolated from SDK shutdown")
    void shouldCloseTheCacheWhateverItThrows() {
        ScriptedCache cache = new ScriptedCache(false, DEFINITIONS);
        cache.failsToClose = true;
        ClientFixture client = loading(cache);

        client.end(Await.LONG);

        assertThat(cache.closed).hasValue(1);
        client.awaitWarning("cache failed in close");
    }
}
