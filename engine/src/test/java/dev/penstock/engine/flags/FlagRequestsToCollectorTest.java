package dev.penstock.engine.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagValue;
import dev.penstock.collector.Answer;
import dev.penstock.collector.Collector;
import dev.penstock.collector.FlagRequest;
import dev.penstock.collector.FlagRoute;
import dev.penstock.engine.flags.load.DefinitionsPoller;
import dev.penstock.engine.flags.load.DefinitionsSources;
import dev.penstock.engine.flags.load.DefinitionsTarget;
import dev.penstock.engine.flags.load.FlagThread;
import dev.penstock.engine.flags.load.PollClocks;
import dev.penstock.engine.flags.load.PollSettings;
import dev.penstock.engine.flags.load.UnusableDefinitionsException;
import dev.penstock.engine.flags.remote.RemoteAnswer;
import dev.penstock.engine.flags.remote.RemoteConfig;
import dev.penstock.engine.flags.remote.RemoteEvaluator;
import dev.penstock.engine.flags.remote.RemoteSettings;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.transport.HttpTransport;
import dev.penstock.engine.transport.TransportSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Definitions, evaluation and configuration over real connections to a server that checks each request. */
@Timeout(60)
class FlagRequestsToCollectorTest {

    private static final String PROJECT_KEY = "phc_test";
    private static final String SECRET_KEY = "phs_very_secret";
    private static final String DEFINITIONS = "{\"flags\":[{\"key\":\"a\"}],\"group_type_mapping\":{},\"cohorts\":{}}";
    private static final int MAX_BYTES = 100_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Collector collector =
            Collector.builder().apiKey(PROJECT_KEY).secretKey(SECRET_KEY).start();
    private final String name = "penstock-w" + NUMBER.incrementAndGet() + '-';
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final FlagThread flagThread = new FlagThread(work -> daemon(work, "flags"), this::report);
    private final Target target = new Target();
    private HttpTransport transport = transport(collector.uri());
    private DefinitionsPoller poller = poller(SECRET_KEY);
    private RemoteEvaluator evaluator = evaluator(1, Duration.ofSeconds(5));

    @AfterEach
    void closeAll() throws Exception {
        poller.close(1_000);
        evaluator.close();
        assertThat(flagThread.close(10_000)).isTrue();
        transport.batches().close();
        collector.close();
        assertThat(reports).noneMatch(report -> report.contains(SECRET_KEY));
        Await.until(
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith(name)),
                "all threads have ended");
    }

    @Test
    void shouldLoadDefinitionsAndThenOnlyAskWhetherTheyHaveChanged() throws Exception {
        collector.flags().definitions(DEFINITIONS);
        poller.start();
        assertThat(poller.awaitReady(Await.LONG)).isTrue();
        assertThat(reloaded()).isTrue();
        collector.flags().definitions(DEFINITIONS.replace("\"a\"", "\"b\""));
        assertThat(reloaded()).isTrue();

        assertThat(target.calls).containsExactly("replace", "confirmed", "replace");
        List<FlagRequest> requests = collector.flags().requestsTo(FlagRoute.DEFINITIONS);
        assertThat(requests).extracting(FlagRequest::status).containsExactly(200, 304, 200);
        assertThat(requests.get(0).header("if-none-match")).isEmpty();
        assertThat(requests.get(1).header("if-none-match"))
                .hasValueSatisfying(tag -> assertThat(tag).startsWith("W/\""));
        assertThat(requests.get(0).query()).isEqualTo("token=phc_test&send_cohorts");
        assertThat(requests.get(0).header("accept-encoding")).contains("gzip");
        assertThat(requests.get(0).header("user-agent")).contains("penstock-test/1");
        assertThat(collector.flags().invalidReasons()).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void shouldBeToldThatTheSecretKeyIsWrong() throws Exception {
        poller = poller("phs_wrong");
        poller.start();
        Await.until(() -> poller.failedLoads() == 1, "turned away");

        assertThat(poller.awaitReady(Duration.ZERO)).isFalse();
        assertThat(reloaded()).isFalse();
        assertThat(collector.flags().requestCount()).isEqualTo(1);
        assertThat(reports).containsExactly("flag definitions not loaded: the secret key is not valid (status 401)");
        assertThat(reports.toString()).doesNotContain("phs_wrong");
    }

    @Test
    void shouldKeepWhatItHoldsThroughEverySpoiledBody() throws Exception {
        collector.flags().definitions(DEFINITIONS);
        poller.start();
        assertThat(poller.awaitReady(Await.LONG)).isTrue();
        collector.flags().definitions(DEFINITIONS.replace("\"a\"", "\"b\""));
        List<Answer> faults = List.of(
                Answer.truncated(),
                Answer.wrongLength(5),
                Answer.damagedGzip(),
                Answer.oversized(MAX_BYTES + 1L),
                Answer.endless(),
                Answer.reset(),
                Answer.halfClose(),
                Answer.ok().body("no definitions"));
        for (Answer fault : faults) {
            collector.flags().answerNext(fault);
            assertThat(reloaded()).as("%s", fault).isFalse();
        }

        assertThat(poller.failedLoads()).isEqualTo(faults.size());
        assertThat(reports).hasSize(faults.size());
        assertThat(target.held).isEqualTo(DEFINITIONS);
        assertThat(poller.isReady()).isTrue();
        assertThat(reloaded()).isTrue();
        assertThat(target.held).contains("\"b\"");
    }

    @Test
    void shouldTakeABodyOfExactlyTheBound() throws Exception {
        collector.flags().definitions(DEFINITIONS);
        collector.flags().answerAll(Answer.oversized(MAX_BYTES));
        poller.start();

        assertThat(poller.awaitReady(Await.LONG)).isTrue();
        assertThat(target.held).hasSize(MAX_BYTES);
    }

    @Test
    void shouldEndInBoundedTimeWhileALoadHangs() throws Exception {
        collector.flags().answerAll(Answer.hang());
        poller.start();
        collector.flags().awaitRequests(1, Await.LONG);
        CompletableFuture<Boolean> waiting = poller.reload();
        long startNs = System.nanoTime();

        assertThat(poller.close(1_000)).isTrue();
        assertThat(flagThread.close(1_000)).isTrue();

        assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(waiting).isCompletedWithValue(false);
        collector.awaitOpenConnections(0, Await.LONG);
        assertThat(collector.flags().requestCount()).isEqualTo(1);
    }

    @Test
    void shouldAskAQuestionThatTheServerAccepts() throws Exception {
        collector.flags().answer("{\"flags\":{\"a\":{\"key\":\"a\",\"enabled\":true,\"variant\":\"b\"}}}");
        FlagContext context = FlagContext.builder("ana")
                .personProperty("plan", "pro")
                .group("company", "northwind")
                .build();

        RemoteAnswer answer = await(evaluator.evaluate(context, Set.of("a"), true));

        assertThat(answer.flags().get("a").value()).isEqualTo(FlagValue.variant("b"));
        FlagRequest request = collector.flags().requests().get(0);
        assertThat(request.path()).isEqualTo("/flags/");
        assertThat(request.query()).isEqualTo("v=2");
        assertThat(request.header("authorization")).isEmpty();
        assertThat(request.fields())
                .isEqualTo(Map.of(
                        "token", PROJECT_KEY,
                        "distinct_id", "ana",
                        "groups", Map.of("company", "northwind"),
                        "person_properties", Map.of("plan", "pro"),
                        "group_properties", Map.of("company", Map.of("$group_key", "northwind")),
                        "geoip_disable", true,
                        "flag_keys_to_evaluate", List.of("a")));
        assertThat(collector.flags().invalidReasons()).isEmpty();
    }

    @Test
    void shouldMakeExactlyTwoRequestsForABadGatewayAndAnAnswer() throws Exception {
        collector.flags().answer("{\"flags\":{\"a\":{\"enabled\":true}}}");
        collector.flags().answerNext(Answer.status(502));
        long startNs = System.nanoTime();

        assertThat(ask().flags()).containsKey("a");

        assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(collector.flags().requestCount()).isEqualTo(2);
    }

    @Test
    void shouldMakeOneRequestForAnyOtherError() throws Exception {
        for (int status : new int[] {408, 429, 500, 503}) {
            int before = collector.flags().requestCount();
            collector.flags().answerNext(Answer.status(status));
            assertThat(ask().error()).isEqualTo("api_error_" + status);
            assertThat(collector.flags().requestCount() - before)
                    .as("%d", status)
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldTryAgainWhatWasCutOffOrReset() throws Exception {
        collector.flags().answer("{\"flags\":{\"a\":{\"enabled\":true}}}");
        for (Answer fault : List.of(Answer.truncated(), Answer.reset(), Answer.halfClose())) {
            int before = collector.flags().requestCount();
            collector.flags().answerNext(fault);
            assertThat(ask().flags()).as("%s", fault).containsKey("a");
            assertThat(collector.flags().requestCount() - before).isEqualTo(2);
        }
    }

    @Test
    void shouldGiveUpOnASilentServer() throws Exception {
        evaluator = evaluator(1, Duration.ofMillis(200));
        collector.flags().answerAll(Answer.hang());

        assertThat(ask().error()).isEqualTo("timeout");

        assertThat(collector.flags().requestCount()).isEqualTo(2);
        collector.awaitOpenConnections(0, Await.LONG);
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        transport.batches().close();
        collector.stop();
        transport = transport(collector.uri());
        evaluator = evaluator(1, Duration.ofSeconds(5));

        assertThat(ask()).extracting(RemoteAnswer::error).isEqualTo("connection_error");
        assertThat(evaluator.requests()).isEqualTo(2);
        assertThat(reports).singleElement().asString().contains("connection refused");
    }

    @Test
    void shouldFetchConfiguration() throws Exception {
        collector.flags().remoteConfig("limits/eu west", "{\"max\": 5}");
        RemoteConfig config = new RemoteConfig(
                remoteSettings(0, Duration.ofSeconds(5)), transport.fetcher(), flagThread.executor(), this::report);

        assertThat(await(config.fetch("limits/eu west"))).isEqualTo(Optional.of("{\"max\": 5}"));
        assertThat(await(config.fetch("unknown"))).isEmpty();
        assertThat(reports).containsExactly("remote configuration not fetched: status 404");
        assertThat(collector.flags().invalidReasons()).isEmpty();
    }

    private RemoteAnswer ask() throws Exception {
        return await(evaluator.evaluate(FlagContext.of("ana"), Set.of("a"), false));
    }

    private boolean reloaded() throws Exception {
        return await(poller.reload());
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private DefinitionsPoller poller(String secretKey) {
        return new DefinitionsPoller(
                new PollSettings(PROJECT_KEY, secretKey, Duration.ofHours(1), Duration.ofSeconds(10), MAX_BYTES),
                new DefinitionsSources((request, sink) -> transport.fetcher().fetch(request, sink), null, null),
                target,
                flagThread.executor(),
                new PollClocks(InstantSource.system(), SystemNanoClock.INSTANCE, new SplittableRandom()),
                this::report);
    }

    private RemoteEvaluator evaluator(int retries, Duration timeout) {
        return new RemoteEvaluator(
                remoteSettings(retries, timeout), transport.fetcher(), flagThread.executor(), this::report);
    }

    private static RemoteSettings remoteSettings(int retries, Duration timeout) {
        return new RemoteSettings(PROJECT_KEY, SECRET_KEY, Set.of(), timeout, retries, Duration.ofMillis(300), 8);
    }

    private HttpTransport transport(URI host) {
        return new HttpTransport(
                new TransportSettings(
                        host,
                        Map.of(),
                        null,
                        null,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        2,
                        "penstock-test/1",
                        work -> daemon(work, "io")),
                16,
                InstantSource.system());
    }

    private Thread daemon(Runnable work, String role) {
        Thread thread = new Thread(work, name + role);
        thread.setDaemon(true);
        return thread;
    }

    private void report(String message, Throwable cause) {
        reports.add(message + (cause == null ? "" : " " + cause));
    }

    /** Takes everything that begins like JSON. */
    private static final class Target implements DefinitionsTarget {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private volatile String held;

        @Override
        public int replace(byte[] body, long loadedAtMs) throws UnusableDefinitionsException {
            String text = new String(body, StandardCharsets.UTF_8);
            if (!text.startsWith("{")) {
                throw new UnusableDefinitionsException("no JSON object", null);
            }
            calls.add("replace");
            held = text;
            return 1;
        }

        @Override
        public void drop() {
            calls.add("drop");
        }

        @Override
        public void confirmed() {
            calls.add("confirmed");
        }
    }
}
