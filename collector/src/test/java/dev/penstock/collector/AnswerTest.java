package dev.penstock.collector;

import static dev.penstock.collector.Batches.batch;
import static dev.penstock.collector.Batches.event;
import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

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
    void shouldAnswerFromTheQueueThenNormally() throws IOException {
        collector.answerNext(
                Answer.status(503).header("Retry-After", "3").body("busy"),
                Answer.status(429),
                Answer.status(200).body(""));
        RawClient.Reply first = client.post(one(1));
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.headers()).containsEntry("retry-after", "3");
        assertThat(first.body()).isEqualTo("busy");
        assertThat(client.post(one(1)).status()).isEqualTo(429);
        assertThat(collector.events()).isEmpty();
        assertThat(client.post(one(1)).body()).isEmpty();
        assertThat(client.post(one(2)).body()).isEqualTo("{\"status\":1}");
        assertThat(collector.stats().events()).isEqualTo(2);
        assertThat(collector.stats().requests()).isEqualTo(4);
        assertThat(collector.requests()).extracting(ReceivedRequest::status).containsExactly(503, 429, 200, 200);
        assertThat(collector.requests().get(0).events()).hasSize(1);
    }

    @Test
    void shouldGoOnWithTheStandingAnswerUntilToldOtherwise() throws IOException {
        collector.answerAll(Answer.status(500));
        collector.answerNext(Answer.ok());
        assertThat(client.post(one(1)).status()).isEqualTo(200);
        assertThat(client.post(one(2)).status()).isEqualTo(500);
        assertThat(client.post(one(3)).status()).isEqualTo(500);
        assertThat(client.get("/stats").status()).isEqualTo(200);
        collector.answerNormally();
        assertThat(client.post(one(4)).status()).isEqualTo(200);
    }

    @Test
    void shouldAnswerByCondition() throws IOException {
        collector.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
        assertThat(client.post(batch(event("a", 1), event("poison", 2))).status())
                .isEqualTo(400);
        assertThat(client.post(batch(event("a", 1))).status()).isEqualTo(200);
        assertThat(collector.stats().events()).isEqualTo(1);
        assertThat(collector.stats().invalid()).isZero();
        collector.answerNormally();
        assertThat(client.post(batch(event("poison", 2))).status()).isEqualTo(200);
    }

    @Test
    void shouldAnswerByConditionWhileCountingOnly() throws IOException {
        try (Collector counting = Collector.builder().mode(CollectorMode.COUNT).start();
                RawClient other = new RawClient(counting)) {
            counting.answerWhen(request -> request.hasEvent("poison"), Answer.status(400));
            assertThat(other.post(batch(event("a", 1), event("poison", 2))).status())
                    .isEqualTo(400);
            assertThat(other.post(batch(event("a", 1))).status()).isEqualTo(200);
            assertThat(counting.events()).isEmpty();
            assertThat(counting.requests()).isEmpty();
            assertThat(counting.storedAll()).isFalse();
            assertThat(counting.stats().events()).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswer500WhenAConditionThrows() throws IOException {
        collector.answerWhen(
                request -> {
                    throw new IllegalStateException("oops");
                },
                Answer.ok());
        RawClient.Reply reply = client.post(one(1));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).contains("oops");
    }

    @Test
    void shouldStillRejectAnInvalidRequestThatWouldBeAnsweredNormally() throws IOException {
        collector.answerNext(Answer.ok(), Answer.status(503), Answer.ok().body("fine"));
        assertThat(client.post("{}").status()).isEqualTo(400);
        assertThat(client.post("{}").status()).isEqualTo(503);
        assertThat(client.post("{}").body()).contains("api_key is missing");
        assertThat(collector.stats().invalid()).isEqualTo(3);
    }

    @Test
    void shouldWaitBeforeAnsweringButCountAtOnce() throws IOException {
        collector.answerNext(Answer.ok().delay(Duration.ofMillis(300)));
        long start = System.nanoTime();
        client.sendPost("/batch", utf8(one(1)));
        collector.awaitEvents(1, WAIT);
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
    }

    @Test
    void shouldHangUntilReleased() throws IOException {
        collector.answerNext(Answer.hang());
        client.sendPost("/batch", utf8(one(1)));
        collector.awaitRequests(1, WAIT);
        client.timeout(100);
        assertThatThrownBy(() -> client.readByte()).isInstanceOf(SocketTimeoutException.class);
        assertThat(collector.stats().events()).isZero();
        client.timeout(10_000);
        collector.release();
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(collector.events()).hasSize(1);
        assertThat(client.post(one(2)).status()).isEqualTo(200);
    }

    @Test
    void shouldStoreOnceWhenAHangingRequestWasStoredAlready() throws IOException {
        collector.answerNext(Answer.hang().store(true));
        client.sendPost("/batch", utf8(one(1)));
        collector.awaitEvents(1, WAIT);
        collector.release();
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(collector.stats().events()).isEqualTo(1);
    }

    @Test
    void shouldNoticeThatTheClientOfAHangingRequestLeft() throws IOException {
        collector.answerNext(Answer.hang());
        client.sendPost("/batch", utf8(one(1)));
        collector.awaitRequests(1, WAIT);
        client.close();
        collector.awaitOpenConnections(0, WAIT);
        collector.release();
        assertThat(collector.stats().events()).isZero();
    }

    @Test
    void shouldEndHangingRequestsOnReset() throws IOException {
        collector.answerNext(Answer.hang());
        client.sendPost("/batch", utf8(one(1)));
        collector.awaitRequests(1, WAIT);
        collector.reset();
        assertThat(client.readByte()).isEqualTo(-1);
        assertThat(collector.stats()).isEqualTo(new CollectorStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldResetAfterReadingTheRequest() {
        collector.answerNext(Answer.reset());
        assertThatThrownBy(() -> client.post(one(1))).isInstanceOf(SocketException.class);
        assertThat(collector.stats().requests()).isEqualTo(1);
        assertThat(collector.stats().events()).isZero();
        assertThat(collector.requests().get(0).status()).isZero();
    }

    @Test
    void shouldStoreBeforeAResetWhenAsked() {
        collector.answerNext(Answer.reset().store(true));
        assertThatThrownBy(() -> client.post(one(1))).isInstanceOf(SocketException.class);
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void shouldStoreDespiteAnErrorWhenAsked() throws IOException {
        collector.answerNext(Answer.status(503).store(true), Answer.ok().store(false));
        assertThat(client.post(one(1)).status()).isEqualTo(503);
        assertThat(collector.stats().events()).isEqualTo(1);
        assertThat(client.post(one(2)).status()).isEqualTo(200);
        assertThat(collector.stats().events()).isEqualTo(1);
    }

    @Test
    void shouldResetBeforeReadingTheBody() throws IOException {
        collector.answerNext(Answer.resetEarly());
        client.send("POST /batch HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n");
        assertThatThrownBy(() -> client.read()).isInstanceOf(SocketException.class);
        assertThat(collector.stats()).isEqualTo(new CollectorStats(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldNotCountTheBodyBeforeAgainWhenABodyIsNotRead() throws IOException {
        collector.answerNext(Answer.ok(), Answer.early(503));
        client.post(one(1));
        client.sendPost("/batch", utf8(one(2)));
        assertThat(client.read().status()).isEqualTo(503);
        assertThat(collector.stats().bytesWire()).isEqualTo(one(1).length());
        assertThat(collector.requests().get(1).wireBytes()).isZero();
    }

    @Test
    void shouldAnswerBeforeReadingTheBody() throws IOException {
        collector.answerNext(Answer.early(413));
        client.send("POST /batch HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n");
        RawClient.Reply reply = client.read();
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.headers()).containsEntry("connection", "close");
        client.send(new byte[5000]);
        assertThat(client.readByte()).isEqualTo(-1);
        assertThat(collector.requests().get(0).status()).isEqualTo(413);
        client.close();
        collector.awaitOpenConnections(0, WAIT);
    }

    @Test
    void shouldCutTheAnswerShortAfterStoring() throws IOException {
        collector.answerNext(Answer.truncated());
        client.sendPost("/batch", utf8(one(1)));
        assertThatThrownBy(() -> client.read()).isInstanceOf(EOFException.class);
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void shouldCloseItsHalfWithoutAnAnswer() throws IOException {
        collector.answerNext(Answer.halfClose());
        client.sendPost("/batch", utf8(one(1)));
        assertThat(client.readByte()).isEqualTo(-1);
        client.send("more");
        assertThat(collector.openConnections()).isEqualTo(1);
        assertThat(collector.stats().events()).isZero();
        client.close();
        collector.awaitOpenConnections(0, WAIT);
    }

    @Test
    void shouldReadSlowly() throws IOException {
        byte[] body = utf8(one(1));
        collector.answerNext(Answer.slowRead(body.length * 4));
        long start = System.nanoTime();
        assertThat(client.post("/batch", body).status()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(225_000_000L);
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void shouldAnswerByteByByte() throws IOException {
        collector.answerNext(Answer.trickle(Duration.ofMillis(2)));
        long start = System.nanoTime();
        assertThat(client.post(one(1)).body()).isEqualTo("{\"status\":1}");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000_000L);
        assertThat(client.post(one(2)).status()).isEqualTo(200);
    }

    @Test
    void shouldCloseAfterAnAnswer() throws IOException {
        collector.answerNext(Answer.ok().thenClose());
        RawClient.Reply reply = client.post(one(1));
        assertThat(reply.headers()).doesNotContainKey("connection");
        assertThat(client.readByte()).isEqualTo(-1);
        collector.answerNext(Answer.status(503).header("Connection", "close"));
        try (RawClient other = new RawClient(collector)) {
            assertThat(other.post(one(1)).status()).isEqualTo(503);
            assertThat(other.readByte()).isEqualTo(-1);
        }
    }

    @Test
    void shouldRefuseImpossibleAnswers() {
        assertThatThrownBy(() -> Answer.status(99)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.early(600)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.slowRead(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.ok().header("a b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.ok().header("a", "b\r\nc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.ok().header("Content-Length", "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.ok().delay(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.resetEarly().store(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> collector.answerWhen(request -> true, Answer.early(413)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
