package dev.penstock.collector;

import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.LogBodies.PATH;
import static dev.penstock.collector.LogBodies.logs;
import static dev.penstock.collector.LogBodies.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogEndpointTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final byte[] TWO = utf8(logs(record("first"), record("second")));

    private Collector collector;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.start();
        client = new RawClient(collector);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        collector.close();
    }

    @Test
    void shouldKeepLogRecordsAsReceived() throws IOException {
        RawClient.Reply reply = client.post(PATH, Batches.gzip(TWO), "Content-Encoding: gzip");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{}");
        collector.logs().awaitRecords(2, WAIT);
        ReceivedLogRecord log = collector.logs().records().get(1);
        assertThat(log.body()).isEqualTo("second");
        assertThat(log.severityNumber()).isEqualTo(13);
        assertThat(log.severityText()).isEqualTo("WARN");
        assertThat(log.time()).isEqualTo(Instant.parse("2026-02-11T09:30:01.902Z"));
        assertThat(log.attributes()).containsExactly(entry("sessionId", "s-1"), entry("amount", 4999L));
        assertThat(log.resource()).containsEntry("service.name", "checkout").hasSize(3);
        assertThat(log.scopeName()).isEqualTo("penstock");
        assertThat(log.scopeVersion()).isEqualTo("0.1.0");
        assertThat(log.traceId()).isEmpty();
        assertThat(log.spanId()).isEmpty();
        assertThat(log.flags()).isEmpty();
        LogRequest request = collector.logs().requests().get(0);
        assertThat(request.records()).hasSize(2);
        assertThat(request.body()).contains("second");
        assertThat(request.query()).isEqualTo("token=phc_demo");
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.invalidReason()).isEmpty();
    }

    @Test
    void shouldCountLogsApartFromEvents() throws IOException {
        client.post(PATH, TWO);
        client.post(PATH, utf8("{}"));
        assertThat(collector.stats()).isEqualTo(new CollectorStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2));
        assertThat(client.get("/stats").body()).contains("\"log_records\":2");
        assertThat(collector.invalidReasons()).isEmpty();
        assertThat(collector.logs().requestCount()).isEqualTo(2);
        collector.reset();
        assertThat(collector.logs().recordCount()).isZero();
        assertThat(collector.logs().requestCount()).isZero();
        assertThat(collector.logs().records()).isEmpty();
        assertThat(collector.logs().requests()).isEmpty();
        assertThat(collector.logs().invalidReasons()).isEmpty();
    }

    @Test
    void shouldCountWithoutKeepingInCountMode() throws IOException {
        try (Collector counting = Collector.builder().mode(CollectorMode.COUNT).start();
                RawClient other = new RawClient(counting)) {
            other.post(PATH, TWO);
            other.post(PATH, utf8("{}"));
            assertThat(counting.logs().recordCount()).isEqualTo(2);
            assertThat(counting.logs().records()).isEmpty();
            assertThat(counting.logs().requests()).isEmpty();
            assertThat(counting.logs().invalidReasons()).hasSize(1);
        }
    }

    @Test
    void shouldAnswerAsScripted() throws IOException {
        collector.logs().answerNext(Answer.status(503).header("Retry-After", "2"), Answer.ok());
        collector.logs().answerWhen(request -> request.records().size() > 1, Answer.status(413));
        assertThat(client.post(PATH, TWO).headers()).containsEntry("retry-after", "2");
        assertThat(client.post(PATH, TWO).status()).isEqualTo(200);
        assertThat(client.post(PATH, TWO).status()).isEqualTo(413);
        assertThat(client.post(PATH, utf8(logs(record("only")))).status()).isEqualTo(200);
        assertThat(collector.logs().recordCount()).isEqualTo(3);
        collector.logs().answerNormally();
        assertThat(client.post(PATH, TWO).status()).isEqualTo(200);
        collector.logs().answerAll(Answer.status(202));
        assertThat(client.post(PATH, TWO).body()).isEqualTo("{}");
        assertThat(collector.logs().requests())
                .extracting(LogRequest::status)
                .containsExactly(503, 200, 413, 200, 200, 202);
    }

    @Test
    void shouldScriptLogsApartFromEvents() throws IOException {
        collector.answerAll(Answer.status(500));
        assertThat(client.post(PATH, TWO).status()).isEqualTo(200);
        collector.answerNormally();
        collector.logs().answerAll(Answer.status(500));
        assertThat(client.post(Batches.one(1)).status()).isEqualTo(200);
    }

    @Test
    void shouldAnswer500WhenAConditionThrows() throws IOException {
        collector
                .logs()
                .answerWhen(
                        request -> {
                            throw new IllegalStateException("oops");
                        },
                        Answer.ok());
        RawClient.Reply reply = client.post(PATH, TWO);
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains("oops");
        assertThat(collector.logs().recordCount()).isZero();
    }

    @Test
    void shouldCountRecordsOfAHangingRequestOnceReleased() throws IOException {
        collector.logs().answerNext(Answer.hang());
        client.sendPost(PATH, TWO);
        collector.logs().awaitRequests(1, WAIT);
        assertThat(collector.logs().recordCount()).isZero();
        collector.logs().release();
        assertThat(client.read().body()).isEqualTo("{}");
        assertThat(collector.logs().recordCount()).isEqualTo(2);
    }

    @Test
    void shouldEndHangingRequestsOnReset() throws IOException {
        collector.logs().answerNext(Answer.hang());
        client.sendPost(PATH, TWO);
        collector.logs().awaitRequests(1, WAIT);
        collector.reset();
        assertThat(client.readByte()).isEqualTo(-1);
        assertThat(collector.logs().requestCount()).isZero();
    }

    @Test
    void shouldFailBeforeTheBodyIsRead() throws IOException {
        collector.logs().answerNext(Answer.resetEarly());
        client.send("POST " + PATH + " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n");
        assertThatThrownBy(() -> client.read()).isInstanceOf(SocketException.class);
        collector.logs().awaitRequests(1, WAIT);
        assertThat(collector.logs().requests().get(0).status()).isZero();
    }

    @Test
    void shouldCountARequestThatCannotBeRead() throws IOException {
        client.send("POST " + PATH + " HTTP/1.1\r\nContent-Type: application/json\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(411);
        assertThat(collector.logs().invalidReasons()).hasSize(1);
    }

    @Test
    void shouldAnswerPostsOnly() throws IOException {
        RawClient.Reply reply = client.get(PATH);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).containsEntry("allow", "POST");
    }

    @Test
    void shouldTellWhatItWaitedFor() {
        assertThatThrownBy(() -> collector.logs().awaitRecords(1, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 1 log records within PT0S, but got 0 log records in 0 requests");
        assertThatThrownBy(() -> collector.logs().awaitRequests(1, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 1 log requests");
    }
}
