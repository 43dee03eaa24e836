package dev.penstock.engine.transport;

import static dev.penstock.engine.transport.TransportFixture.await;
import static dev.penstock.engine.transport.TransportFixture.transport;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.transport.HttpBatchTransportTest.Closing;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to batches whose bodies are wanted. */
@Timeout(60)
class AnswerContentTest {

    private static final int MAX_BYTES = 10_000;
    private static final String VERDICTS = "{\"results\":{\"x\":{\"result\":\"ok\"}}}";

    private final RecordingSink sink = new RecordingSink();

    private static BatchRequest request(int maxAnswerBytes) {
        byte[] body = "{}".getBytes(UTF_8);
        return new BatchRequest("/v1", Map.of("Content-Type", "application/json"), body, body.length, maxAnswerBytes);
    }

    private static String answer(String status, String header, String body) {
        return "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String... chunks) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String chunk : chunks) {
            answer.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return answer + "0\r\n\r\n";
    }

    private Answer exchange(String wire, int maxAnswerBytes) throws Exception {
        try (WireServer server = new WireServer(WireServer.answering(wire));
                Closing<HttpBatchTransport> transport = new Closing<>(transport(server.uri()))) {
            transport.it().send(request(maxAnswerBytes), sink);
            return sink.await();
        }
    }

    @Test
    void shouldBringTheBodyOfASuccess() throws Exception {
        Answer answer = exchange(answer("200 OK", "Retry-After: 2\r\n", VERDICTS), MAX_BYTES);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.retryAfterMs()).isEqualTo(2_000);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(VERDICTS);
        assertThat(sink.count()).isZero();
    }

    @Test
    void shouldPutTheBodyTogetherFromItsPieces() throws Exception {
        Answer answer = exchange(chunked(VERDICTS.substring(0, 5), VERDICTS.substring(5)), MAX_BYTES);

        assertThat(new String(answer.body(), UTF_8)).isEqualTo(VERDICTS);
    }

    @Test
    void shouldUseAConnectionAgainAfterABody() throws Exception {
        try (WireServer server = new WireServer(WireServer.answering(answer("200 OK", "", VERDICTS)));
                Closing<HttpBatchTransport> transport = new Closing<>(transport(server.uri()))) {
            for (int i = 0; i < 6; i++) {
                Exchange exchange = transport.it().send(request(MAX_BYTES), sink);
                assertThat(sink.await().body()).isNotNull();
                assertThat(exchange.isBodyReleased()).isTrue();
            }
            // The answer is told before its connection is free, so the next request may be too early for it.
            assertThat(server.accepted()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void shouldDecompressWhatCameAsGzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(VERDICTS.getBytes(UTF_8));
        }
        Answer answer =
                exchange(answer("200 OK", "Content-Encoding: gzip\r\n", packed.toString(ISO_8859_1)), MAX_BYTES);

        assertThat(new String(answer.body(), UTF_8)).isEqualTo(VERDICTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding: br\r\n", "Content-Encoding: gzip\r\n"})
    void shouldAnswerWithoutABodyThatCannotBeDecompressed(String header) throws Exception {
        assertThat(exchange(answer("200 OK", header, VERDICTS), MAX_BYTES)).isEqualTo(new Answer(200, 0, null));
        assertThat(sink.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"503 Busy, 503", "429 Slow, 429", "401 No, 401"})
    void shouldNotGatherTheBodyOfAnythingElse(String line, int status) throws Exception {
        assertThat(exchange(answer(line, "Retry-After: 1\r\n", VERDICTS), MAX_BYTES))
                .isEqualTo(new Answer(status, 1_000, null));
    }

    @Test
    void shouldNotGatherWhatWasNotAskedFor() throws Exception {
        assertThat(exchange(answer("200 OK", "", VERDICTS), 0)).isEqualTo(new Answer(200, 0, null));
    }

    @Test
    void shouldAnswerWithoutABodyWhereThereIsNone() throws Exception {
        assertThat(exchange("HTTP/1.1 204 No Content\r\n\r\n", MAX_BYTES)).isEqualTo(new Answer(204, 0, null));
    }

    @Test
    void shouldTakeABodyOfExactlyTheBound() throws Exception {
        assertThat(exchange(answer("200 OK", "", "x".repeat(MAX_BYTES)), MAX_BYTES)
                        .body())
                .hasSize(MAX_BYTES);
        assertThat(exchange(chunked("x".repeat(MAX_BYTES - 1), "y"), MAX_BYTES).body())
                .hasSize(MAX_BYTES);
    }

    @Test
    void shouldAnswerWithoutABodyOverTheBound() throws Exception {
        assertThat(exchange(answer("200 OK", "", "x".repeat(MAX_BYTES + 1)), MAX_BYTES))
                .isEqualTo(new Answer(200, 0, null));
        assertThat(exchange(chunked("x".repeat(MAX_BYTES), "y"), MAX_BYTES)).isEqualTo(new Answer(200, 0, null));
        assertThat(sink.count()).isZero();
    }

    /** The server has said that it took the batch. */
    @Test
    void shouldKeepTheStatusOfAnAnswerThatBreaksOff() throws Exception {
        try (WireServer server = new WireServer(peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"results\"");
                });
                Closing<HttpBatchTransport> transport = new Closing<>(transport(server.uri()))) {
            transport.it().send(request(MAX_BYTES), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            await("connection closed", () -> server.open() == 0);
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldBringOutTheStatusWhenCancelledWithinTheBody() throws Exception {
        CountDownLatch halfway = new CountDownLatch(1);
        try (WireServer server = new WireServer(peer -> {
                    peer.readRequest();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"results\"");
                    halfway.countDown();
                    peer.awaitEnd();
                });
                Closing<HttpBatchTransport> transport = new Closing<>(transport(server.uri()))) {
            Exchange exchange = transport.it().send(request(MAX_BYTES), sink);
            assertThat(halfway.await(10, TimeUnit.SECONDS)).isTrue();
            await("head read", () -> ((BatchExchange) exchange).isDecided());
            assertThat(sink.count())
                    .as("not answered before the end of the body")
                    .isZero();
            exchange.cancel();

            assertThat(sink.count()).isEqualTo(1);
            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            await("connection closed", () -> server.open() == 0);
        }
    }
}
