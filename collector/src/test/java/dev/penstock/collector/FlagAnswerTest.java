package dev.penstock.collector;

import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.utf8;
import static dev.penstock.collector.FlagClient.BODY;
import static dev.penstock.collector.FlagClient.DEFINITIONS;
import static dev.penstock.collector.FlagClient.SECRET;
import static dev.penstock.collector.FlagClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlagAnswerTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String FLAGS = "{\"flags\":[{\"key\":\"new-editor\",\"active\":true}]}";
    private static final String GET =
            "GET " + DEFINITIONS + " HTTP/1.1\r\nAuthorization: Bearer " + SECRET + "\r\n\r\n";

    private Collector collector;
    private FlagEndpoints flags;
    private FlagClient client;
    private RawClient raw;

    @BeforeEach
    void start() throws IOException {
        collector = Collector.start();
        flags = collector.flags();
        flags.definitions(FLAGS);
        client = new FlagClient(collector);
        raw = new RawClient(collector);
    }

    @AfterEach
    void stop() throws IOException {
        raw.close();
        collector.close();
    }

    @Test
    void shouldScriptFlagsAndBatchesApart() throws Exception {
        flags.answerNext(Answer.status(503).header("Retry-After", "3"), Answer.status(402));
        collector.answerNext(Answer.status(429));

        assertThat(raw.post(one(1)).status()).isEqualTo(429);
        HttpResponse<byte[]> first = client.get(DEFINITIONS);
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("retry-after")).contains("3");
        assertThat(raw.post(one(2)).status()).isEqualTo(200);
        assertThat(client.evaluate().statusCode()).isEqualTo(402);
        assertThat(text(client.get(DEFINITIONS))).isEqualTo(FLAGS);

        flags.answerAll(Answer.status(500));
        collector.answerNormally();
        assertThat(client.get(DEFINITIONS).statusCode()).isEqualTo(500);
        assertThat(raw.post(one(3)).status()).isEqualTo(200);
        flags.answerNormally();
        assertThat(text(client.get(DEFINITIONS))).isEqualTo(FLAGS);
        assertThat(collector.stats().requests()).isEqualTo(3);
        assertThat(flags.requests()).extracting(FlagRequest::status).containsExactly(503, 402, 200, 500, 200);
    }

    @Test
    void shouldAnswerByCondition() throws Exception {
        flags.answerWhen(request -> request.route() == FlagRoute.EVALUATION, Answer.status(504));

        assertThat(client.get(DEFINITIONS).statusCode()).isEqualTo(200);
        assertThat(client.evaluate().statusCode()).isEqualTo(504);
        assertThatThrownBy(() -> flags.answerWhen(request -> true, Answer.early(413)))
                .isInstanceOf(IllegalArgumentException.class);
        flags.answerNormally();
        flags.answerWhen(
                request -> {
                    throw new IllegalStateException("oops");
                },
                Answer.ok());
        assertThat(text(client.evaluate())).contains("oops");
    }

    @Test
    void shouldStillRefuseAnInvalidRequestThatWouldBeAnsweredNormally() throws Exception {
        flags.answerNext(Answer.ok().body("fine"), Answer.ok().body("fine"), Answer.truncated());

        assertThat(text(client.evaluate())).isEqualTo("fine");
        assertThat(text(client.post("/flags", "{}"))).contains("token is missing");
        raw.sendPost("/flags", utf8("{}"));
        assertThatThrownBy(raw::read).isInstanceOf(EOFException.class);
    }

    @Test
    void shouldReplaceTheWholeAnswerByAScriptedBody() throws Exception {
        String tag = client.get(DEFINITIONS).headers().firstValue("etag").orElseThrow();
        flags.answerNext(Answer.ok().body("{\"flags\":["), Answer.ok().header("ETag", "W/\"mine\""));

        HttpResponse<byte[]> broken = client.get(DEFINITIONS, "If-None-Match", tag, "Accept-Encoding", "gzip");
        assertThat(broken.statusCode()).isEqualTo(200);
        assertThat(text(broken)).isEqualTo("{\"flags\":[");
        assertThat(broken.headers().map()).doesNotContainKeys("etag", "content-encoding");
        HttpResponse<byte[]> tagged = client.get(DEFINITIONS);
        assertThat(tagged.headers().allValues("etag")).containsExactly("W/\"mine\"");
        assertThat(text(tagged)).isEqualTo(FLAGS);
    }

    @Test
    void shouldHangUntilItsOwnRelease() throws IOException {
        flags.answerNext(Answer.hang());
        raw.send(GET);
        flags.awaitRequests(1, WAIT);
        collector.release();
        raw.timeout(100);
        assertThatThrownBy(raw::readByte).isInstanceOf(SocketTimeoutException.class);
        raw.timeout(10_000);

        flags.release();

        assertThat(raw.read().body()).isEqualTo(FLAGS);
        assertThat(flags.requests()).extracting(FlagRequest::status).containsExactly(0);
    }

    @Test
    void shouldEndHangingRequestsOnResetAndKeepNoTrace() throws IOException {
        flags.answerNext(Answer.hang());
        flags.answerAll(Answer.status(500));
        raw.send(GET);
        flags.awaitRequests(1, WAIT);

        collector.reset();

        assertThat(raw.readByte()).isEqualTo(-1);
        assertThat(flags.requestCount()).isZero();
        assertThat(flags.requests()).isEmpty();
        try (RawClient other = new RawClient(collector)) {
            other.send(GET);
            assertThat(other.read().body()).startsWith("{\"flags\":[],");
        }
    }

    @Test
    void shouldResetAndAnswerEarly() throws IOException {
        flags.answerNext(Answer.reset(), Answer.resetEarly(), Answer.early(503));
        for (int i = 0; i < 2; i++) {
            try (RawClient other = new RawClient(collector)) {
                other.send(GET);
                assertThatThrownBy(other::read).isInstanceOf(SocketException.class);
            }
        }
        raw.send(GET);
        assertThat(raw.read().status()).isEqualTo(503);
        assertThat(raw.readByte()).isEqualTo(-1);
        assertThat(flags.requests()).extracting(FlagRequest::status).containsExactly(0, 0, 503);
    }

    @Test
    void shouldWaitAndTrickle() throws Exception {
        flags.answerNext(Answer.ok().delay(Duration.ofMillis(200)), Answer.trickle(Duration.ofMillis(1)));
        long start = System.nanoTime();
        assertThat(text(client.get(DEFINITIONS))).isEqualTo(FLAGS);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
        start = System.nanoTime();
        assertThat(text(client.get(DEFINITIONS))).isEqualTo(FLAGS);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000_000L);
    }

    @Test
    void shouldSpoilAWholeBodyEvenForAKnownTag() throws Exception {
        String tag = client.get(DEFINITIONS).headers().firstValue("etag").orElseThrow();
        flags.answerNext(Answer.truncated());

        raw.send(GET.replace("\r\n\r\n", "\r\nIf-None-Match: " + tag + "\r\nAccept-Encoding: gzip\r\n\r\n"));

        assertThatThrownBy(raw::read).isInstanceOf(EOFException.class);
        assertThat(flags.requests()).extracting(FlagRequest::status).containsExactly(200, 200);
    }

    @Test
    void shouldDeclareMoreThanItSendsAndClose() throws IOException {
        flags.answerNext(Answer.wrongLength(1));
        raw.send(GET);
        assertThatThrownBy(raw::read).isInstanceOf(EOFException.class).hasMessage("answer cut short");
    }

    @Test
    void shouldDeclareLessThanItSendsAndStay() throws IOException {
        flags.answerNext(Answer.wrongLength(-2), Answer.wrongLength(-100_000));
        raw.send(GET);
        assertThat(raw.read().body()).isEqualTo(FLAGS.substring(0, FLAGS.length() - 2));
        assertThat(raw.readByte()).isEqualTo(']');
        assertThat(raw.readByte()).isEqualTo('}');
        raw.send(GET);
        RawClient.Reply none = raw.read();
        assertThat(none.headers()).containsEntry("content-length", "0");
        assertThat(none.body()).isEmpty();
        for (byte b : utf8(FLAGS)) {
            assertThat(raw.readByte()).isEqualTo(b);
        }
        raw.send(GET);
        assertThat(raw.read().body()).isEqualTo(FLAGS);
    }

    @Test
    void shouldPadABodyToALength() throws Exception {
        flags.answerNext(Answer.oversized(3_000_000), Answer.oversized(1));

        byte[] padded = client.get(DEFINITIONS).body();

        assertThat(padded).hasSize(3_000_000).endsWith((byte) ' ');
        assertThat(text(client.get(DEFINITIONS))).isEqualTo(FLAGS);
        assertThat(JsonBody.parse(padded, padded.length)).containsOnlyKeys("flags");
        assertThat(collector.totalConnections()).isEqualTo(2);
    }

    @Test
    void shouldSendWithoutEndUntilTheClientCloses() throws IOException {
        flags.answerNext(Answer.endless());
        raw.send(GET);
        assertThat(raw.read().headers()).containsEntry("transfer-encoding", "chunked");
        for (int i = 0; i < 100_000; i++) {
            assertThat(raw.readByte()).isNotEqualTo(-1);
        }
        raw.close();
        collector.awaitOpenConnections(0, WAIT);
    }

    @Test
    void shouldEndAnEndlessAnswerWhenItCloses() throws IOException {
        flags.answerNext(Answer.endless());
        raw.send(GET);
        raw.read();
        collector.close();
        assertThat(collector.openConnections()).isZero();
    }

    @Test
    void shouldDamageGzip() throws Exception {
        flags.answerNext(Answer.damagedGzip());

        HttpResponse<byte[]> response = client.get(DEFINITIONS);

        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldSendBytesAsTheyAre() throws Exception {
        byte[] bytes = {(byte) 0x1f, (byte) 0x8b, (byte) 0xff};
        Answer answer = Answer.ok().bodyBytes(bytes).header("Content-Encoding", "gzip");
        bytes[2] = 0;
        flags.answerNext(answer);

        assertThat(client.get(DEFINITIONS).body()).containsExactly(0x1f, 0x8b, 0xff);
    }

    @Test
    void shouldSpoilAnswersToBatchesAfterStoring() throws IOException {
        collector.answerNext(Answer.wrongLength(5));
        raw.sendPost("/batch", utf8(one(1)));
        assertThatThrownBy(raw::read).isInstanceOf(EOFException.class);
        assertThat(collector.events()).hasSize(1);
        assertThat(collector.requests().get(0).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseImpossibleAnswers() {
        assertThatThrownBy(() -> Answer.wrongLength(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.oversized(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayWhatItGotWhenTheWaitIsOver() throws Exception {
        client.post("/flags", BODY.replace("\"geoip_disable\":false,", ""));
        flags.awaitRequestsTo(FlagRoute.EVALUATION, 1, WAIT);
        assertThatThrownBy(() -> flags.awaitRequestsTo(FlagRoute.DEFINITIONS, 1, Duration.ofMillis(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 1 requests to DEFINITIONS within PT0.01S")
                .hasMessageContaining("1 to EVALUATION")
                .hasMessageContaining("geoip_disable is missing");
        assertThatThrownBy(() -> flags.awaitRequests(2, Duration.ZERO)).isInstanceOf(AssertionError.class);
    }
}
