package dev.penstock.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.FlushResult;
import dev.penstock.client.context.ContextScope;
import dev.penstock.client.context.RequestContext;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.collector.Answer;
import dev.penstock.collector.LogRequest;
import dev.penstock.collector.ReceivedLogRecord;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Log records on their way to the server; how one is made of a call is tested where that is done. */
@Timeout(60)
class LogsContractTest {

    private static final LogRecord RECORD = LogRecord.builder("checkout failed").build();

    @RegisterExtension
    private final ContractHost host = new ContractHost();

    private ClientFixture logging(UnaryOperator<LogSettings.Builder> options) {
        return host.client(config -> config.logs(
                options.apply(LogSettings.builder().linger(Duration.ofHours(1))).build()));
    }

    private static void log(ClientFixture client, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(client.client().logs().captureLog(RECORD)).isEqualTo(CaptureResult.ACCEPTED);
        }
    }

    private LogRequest onlyRequest() {
        assertThat(host.collector().logs().requests()).hasSize(1);
        return host.collector().logs().requests().get(0);
    }

    @Test
    @DisplayName("Logs: endpoint and auth")
    void shouldSendToTheLogsRouteWithTheKeyInTheQuery() {
        ClientFixture client = logging(logs -> logs);
        log(client, 1);
        client.flush();

        LogRequest request = onlyRequest();
        assertThat(request.path()).isEqualTo("/i/v1/logs");
        assertThat(request.query()).isEqualTo("token=phc_test");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
    }

    @Test
    @DisplayName("Logs: success response")
    void shouldTakeStatus200ForDelivered() {
        ClientFixture client = logging(logs -> logs);
        log(client, 3);
        client.flush();

        assertThat(client.stats().delivered()).isEqualTo(3);
        assertThat(client.stats().pending().total()).isZero();
    }

    @Test
    @DisplayName("Logs: one batch one envelope")
    void shouldSendABatchInOneEnvelope() {
        ClientFixture client = logging(logs -> logs);
        log(client, 20);
        client.flush();

        LogRequest request = onlyRequest();
        assertThat(request.records()).hasSize(20);
        assertThat(request.body().split("\"scopeLogs\"", -1)).hasSize(2);
        assertThat(request.body().split("\"logRecords\"", -1)).hasSize(2);
    }

    @Test
    @DisplayName("Logs: scope identifies the SDK")
    void shouldNameTheLibrary() {
        ClientFixture client = logging(logs -> logs.serviceName("shop"));
        log(client, 1);
        client.flush();

        ReceivedLogRecord record = host.collector().logs().records().get(0);
        assertThat(record.scopeName()).isEqualTo("penstock-java");
        assertThat(record.scopeVersion()).isNotEmpty();
        assertThat(record.resource())
                .containsEntry("service.name", "shop")
                .containsEntry("telemetry.sdk.name", record.scopeName())
                .containsEntry("telemetry.sdk.version", record.scopeVersion());
    }

    @Test
    @DisplayName("Logs: gzipped with header")
    void shouldSayThatTheBodyIsPacked() {
        ClientFixture client = logging(logs -> logs);
        log(client, 20);
        client.flush();

        LogRequest request = onlyRequest();
        assertThat(request.headers()).containsEntry("content-encoding", "gzip");
        assertThat(request.wireBytes()).isLessThan(request.body().length());
    }

    @Test
    @DisplayName("Logs: gzip unavailable")
    void shouldSayNothingOfABodyThatIsNotPacked() {
        ClientFixture client = host.client(config -> config.compression(false));
        log(client, 1);
        client.flush();

        LogRequest request = onlyRequest();
        assertThat(request.headers()).doesNotContainKey("content-encoding");
        assertThat(request.wireBytes()).isEqualTo(request.body().length());
    }

    @Test
    @DisplayName("Logs: timer flush ignores threshold")
    void shouldSendABatchThatIsNotFullInTime() {
        ClientFixture client =
                logging(logs -> logs.linger(Duration.ofMillis(50)).maxBatchRecords(100));
        log(client, 1);

        host.collector().logs().awaitRecords(1, Await.LONG);

        assertThat(onlyRequest().records()).hasSize(1);
    }

    @Test
    @DisplayName("Logs: global flush includes logs")
    void shouldBePartOfTheClientsFlush() {
        ClientFixture client = logging(logs -> logs);
        client.capture("checkout");
        log(client, 1);

        client.flush();

        assertThat(host.collector().events()).hasSize(1);
        assertThat(host.collector().logs().records()).hasSize(1);
    }

    @Test
    @DisplayName("Logs: bounded final flush")
    void shouldSendTheRestOnCloseAndWaitNoLongerThanTold() {
        ClientFixture sending = logging(logs -> logs);
        log(sending, 2);
        sending.end(Await.LONG);
        assertThat(host.collector().logs().records()).hasSize(2);

        host.collector().logs().answerAll(Answer.hang());
        ClientFixture stuck = host.client(config -> config.requestTimeout(Duration.ofMinutes(1)));
        log(stuck, 1);
        long before = System.nanoTime();
        stuck.end(Duration.ofMillis(200));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        assertThat(stuck.stats().discarded()).isEqualTo(1);
    }

    @Test
    @DisplayName("Logs: single flight")
    void shouldSendOneBatchAtATime() {
        host.collector().logs().answerNext(Answer.hang());
        ClientFixture client = logging(logs -> logs.maxBatchRecords(1));
        log(client, 1);
        host.collector().logs().awaitRequests(1, Await.LONG);
        log(client, 1);

        assertThat(client.client().flush(Duration.ofMillis(300))).isEqualTo(FlushResult.TIMED_OUT);
        assertThat(client.client().flush(Duration.ZERO)).isEqualTo(FlushResult.TIMED_OUT);
        assertThat(host.collector().logs().requestCount()).isEqualTo(1);
        host.collector().logs().release();
        client.flush();

        assertThat(host.collector().logs().requests())
                .extracting(request -> request.records().size())
                .containsExactly(1, 1);
        assertThat(client.stats().delivered()).isEqualTo(2);
    }

    @Test
    @DisplayName("Logs: bounded drain")
    void shouldLeaveForTheNextFlushWhatComesDuringThisOne() throws Exception {
        host.collector().logs().answerNext(Answer.hang());
        ClientFixture client = logging(logs -> logs);
        log(client, 1);
        CompletableFuture<FlushResult> flush =
                CompletableFuture.supplyAsync(() -> client.client().flush(Await.LONG));
        host.collector().logs().awaitRequests(1, Await.LONG);

        log(client, 1);
        host.collector().logs().release();

        assertThat(flush.get(20, TimeUnit.SECONDS)).isEqualTo(FlushResult.COMPLETED);
        assertThat(host.collector().logs().recordCount()).isEqualTo(1);
        assertThat(client.stats().pending().total()).isEqualTo(1);
        client.flush();
        assertThat(host.collector().logs().recordCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("Logs: 413 shrinks the batch")
    void shouldHalveABatchThatIsTooLarge() {
        host.collector().logs().answerNext(Answer.status(413));
        ClientFixture client = logging(logs -> logs);
        log(client, 50);
        client.flush();

        assertThat(host.collector().logs().requests())
                .extracting(request -> request.records().size())
                .containsExactly(50, 25, 25);
        assertThat(client.stats().delivered()).isEqualTo(50);
        assertThat(client.stats().delivery().splits()).isEqualTo(1);
    }

    @Test
    @DisplayName("Logs: single-record 413 is dropped")
    void shouldDropARecordThatIsTooLargeByItself() {
        host.collector().logs().answerAll(Answer.status(413));
        ClientFixture client = logging(logs -> logs);
        log(client, 1);
        client.flush();

        assertThat(client.stats().refused()).isEqualTo(1);
        assertThat(host.collector().logs().requestCount()).isEqualTo(1);
        client.awaitWarning("413");
    }

    @Test
    @DisplayName("Logs: poison 4xx dropped")
    void shouldDropABatchThatTheServerWillNeverTake() {
        host.collector().logs().answerNext(Answer.status(400));
        ClientFixture client = logging(logs -> logs);
        log(client, 10);
        client.flush();
        log(client, 1);
        client.flush();

        assertThat(client.stats().refused()).isEqualTo(10);
        assertThat(client.stats().delivered()).isEqualTo(1);
        assertThat(host.collector().logs().requestCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("Logs: enqueue continues during backoff")
    void shouldTakeRecordsWhileItWaitsToTryAgain() {
        host.collector().logs().answerAll(Answer.status(503));
        ClientFixture client = host.client(config -> config.maxRetries(50));
        log(client, 1);
        client.client().flush(Duration.ZERO);
        host.collector().logs().awaitRequests(1, Await.LONG);

        log(client, 1);

        assertThat(client.stats().accepted()).isEqualTo(2);
        host.collector().logs().answerNormally();
        client.flush();
        assertThat(client.stats().delivered()).isEqualTo(2);
    }

    @Test
    @DisplayName("Logs: oversize body")
    void shouldSplitABodyThatTheServerFindsTooLarge() {
        LogRecord large = LogRecord.builder("\u0001".repeat(100_000)).build();
        ClientFixture client = logging(logs -> logs.maxBatchBytes(2_000_000));
        for (int i = 0; i < 4; i++) {
            assertThat(client.client().logs().captureLog(large)).isEqualTo(CaptureResult.ACCEPTED);
        }
        // The client's own bound is the server's, so the server has to be stricter than it says.
        host.collector().logs().answerWhen(request -> request.records().size() > 1, Answer.status(413));
        client.flush();

        assertThat(client.stats().delivered()).isEqualTo(4);
        assertThat(host.collector().logs().requests())
                .filteredOn(request -> request.status() == 413)
                .isNotEmpty();
        assertThat(host.collector().logs().requests())
                .allSatisfy(request -> assertThat(request.body().length()).isLessThanOrEqualTo(2_000_000));
    }

    @Test
    @DisplayName("Logs: no quota signal from logs service")
    void shouldMakeNothingOfAQuota() {
        host.collector()
                .logs()
                .answerNext(Answer.ok().body("{\"quota_limited\":[\"logs\"]}").header("Retry-After", "60"));
        ClientFixture client = logging(logs -> logs);
        log(client, 1);
        client.flush();
        log(client, 1);
        client.flush();

        assertThat(client.stats().delivered()).isEqualTo(2);
        assertThat(client.stats().delivery().retries()).isZero();
    }

    @Test
    @DisplayName("Logs: captureLog ignores remote config")
    void shouldAskNobodyWhetherLogsAreWanted() {
        ClientFixture client = logging(logs -> logs);
        log(client, 1);
        client.flush();

        assertThat(host.collector().logs().recordCount()).isEqualTo(1);
        assertThat(host.collector().flags().requests()).isEmpty();
        assertThat(host.collector().requests()).isEmpty();
    }

    @Test
    @DisplayName("Logs: context snapshot is frozen at capture")
    void shouldKeepThePersonOfTheRequestThatLogged() {
        ClientFixture client = logging(logs -> logs);
        try (ContextScope scope = client.client()
                .contexts()
                .enter(RequestContext.builder().distinctId("a").sessionId("s-1").build())) {
            log(client, 1);
            scope.setDistinctId("b");
        }
        client.flush();

        assertThat(host.collector().logs().records().get(0).attributes())
                .containsEntry("posthogDistinctId", "a")
                .containsEntry("sessionId", "s-1");
    }

    @Test
    @DisplayName("Logs: invalid trace id zeroed")
    void shouldLeaveOutATraceIdOfTheWrongLength() {
        ClientFixture client = logging(logs -> logs);
        client.client()
                .logs()
                .captureLog(RECORD.toBuilder()
                        .traceId("abc")
                        .spanId("00f067aa0ba902b7")
                        .build());
        client.flush();

        assertThat(host.collector().logs().recordCount()).isEqualTo(1);
        assertThat(host.collector().logs().records().get(0).traceId()).isEmpty();
    }
}
