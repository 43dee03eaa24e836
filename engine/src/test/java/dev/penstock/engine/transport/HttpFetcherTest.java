package dev.penstock.engine.transport;

import static dev.penstock.engine.transport.TransportFixture.USER_AGENT;
import static dev.penstock.engine.transport.TransportFixture.await;
import static dev.penstock.engine.transport.TransportFixture.request;
import static dev.penstock.engine.transport.TransportFixture.settings;
import static dev.penstock.engine.transport.WireServer.OK;
import static dev.penstock.engine.transport.WireServer.answering;
import static dev.penstock.engine.transport.WireServer.hanging;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpFetcherTest {

    private static final int LIMIT = 8;
    private static final int MAX_BYTES = 1_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RecordingFetchSink sink = new RecordingFetchSink();
    private HttpTransport transport;

    @AfterEach
    void closeTransport() {
        if (transport != null) {
            transport.close();
        }
    }

    @Test
    void shouldSendExactlyThisGet() throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer phs_1");
        headers.put("If-None-Match", "W/\"a\"");
        try (WireServer server = new WireServer(answering(OK))) {
            open(URI.create(server.uri() + "/relay"));
            fetch(new FetchRequest("/flags/definitions?token=a%20b&send_cohorts", headers, null, MAX_BYTES));

            assertThat(sink.await().status()).isEqualTo(200);
            assertThat(server.heads().poll().split("\r\n"))
                    .startsWith("GET /relay/flags/definitions?token=a%20b&send_cohorts HTTP/1.1")
                    .containsExactlyInAnyOrder(
                            "GET /relay/flags/definitions?token=a%20b&send_cohorts HTTP/1.1",
                            "Authorization: Bearer phs_1",
                            "If-None-Match: W/\"a\"",
                            "Host: 127.0.0.1:" + server.port(),
                            "Connection: keep-alive",
                            "User-Agent: " + USER_AGENT);
        }
    }

    @Test
    void shouldPostABody() throws Exception {
        Map<String, String> headers = Map.of("Content-Type", "application/json");
        try (WireServer server = new WireServer(answering(OK))) {
            open(server.uri());
            fetch(new FetchRequest("/flags/?v=2", headers, "{\"a\":1}".getBytes(UTF_8), MAX_BYTES));

            assertThat(sink.await().body()).asString(UTF_8).isEqualTo("{\"status\": 1}");
            assertThat(server.heads().poll())
                    .startsWith("POST /flags/?v=2 HTTP/1.1\r\n")
                    .contains("Content-Type: application/json\r\n", "Content-Length: 7\r\n");
            assertThat(server.bodies().poll()).asString(UTF_8).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void shouldBringTheServersTimeWhateverTheStatus() throws Exception {
        for (String status : List.of("200 OK", "401 Unauthorized", "503 Unavailable")) {
            FetchAnswer answer = answerTo(
                    "HTTP/1.1 " + status + "\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 2\r\n\r\nok");

            assertThat(answer.date()).isEqualTo("1994-11-06T08:49:37Z");
        }
        assertThat(answerTo("HTTP/1.1 200 OK\r\nDate: soon\r\nContent-Length: 2\r\n\r\nok")
                        .date())
                .isNull();
        assertThat(answerTo(OK).date()).isNull();
    }

    @Test
    void shouldBringTheTagByteForByte() throws Exception {
        FetchAnswer answer = answerTo("HTTP/1.1 200 OK\r\netag:  W/\"x y\" \r\nContent-Length: 2\r\n\r\nok");

        assertThat(answer.etag()).isEqualTo("W/\"x y\"");
        assertThat(answer.body()).asString(UTF_8).isEqualTo("ok");
        assertThat(answer.failure()).isNull();
    }

    @Test
    void shouldTakeABodyInChunksAndOneThatEndsWithTheConnection() throws Exception {
        assertThat(answerTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")
                        .body())
                .asString(UTF_8)
                .isEqualTo("abcde");
        assertThat(answerTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end")
                        .body())
                .asString(UTF_8)
                .isEqualTo("to the end");
        assertThat(answerTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").body())
                .isEmpty();
    }

    @Test
    void shouldDecompress() throws Exception {
        byte[] packed = GunzipTest.gzip("x".repeat(MAX_BYTES).getBytes(UTF_8));

        FetchAnswer answer = answerTo(gzipped(packed, packed.length));

        assertThat(answer.body()).hasSize(MAX_BYTES).containsOnly('x');
    }

    @Test
    void shouldRefuseABodyOverTheBound() throws Exception {
        String exact = "x".repeat(MAX_BYTES);
        assertThat(answerTo("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + exact)
                        .body())
                .hasSize(MAX_BYTES);
        String[] tooLarge = {
            "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + exact + 'x',
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + exact + "x\r\n0\r\n\r\n",
        };
        for (String response : tooLarge) {
            FetchAnswer answer = answerTo(response);
            assertThat(answer.failure()).as(response.substring(0, 45)).isEqualTo(FailureKind.TOO_LARGE);
            assertThat(answer.reason()).isEqualTo("answer longer than 1000 bytes");
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void shouldHangUpOnABodyThatGrowsOverTheBoundOnceDecompressed() throws Exception {
        byte[] bomb = GunzipTest.gzip(new byte[500_000]);
        assertThat(bomb.length).isLessThan(MAX_BYTES);
        WireServer.Script script = peer -> {
            peer.readRequest();
            peer.write(gzipped(bomb, bomb.length));
            peer.awaitEnd();
        };
        try (WireServer server = new WireServer(script)) {
            open(server.uri());
            fetch(get());

            assertThat(sink.await().failure()).isEqualTo(FailureKind.TOO_LARGE);
            await("connection closed", () -> server.open() == 0);
        }
    }

    @Test
    void shouldNotTakeACutBodyForAnAnswer() throws Exception {
        byte[] packed = GunzipTest.gzip("some text".getBytes(UTF_8));
        byte[] half = Arrays.copyOf(packed, packed.length - 4);
        String[] cut = {
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort",
            gzipped(packed, packed.length + 1),
            gzipped(half, half.length),
        };
        for (String response : cut) {
            FetchAnswer answer = answerTo(response);
            assertThat(answer.failure()).as(response).isEqualTo(FailureKind.TRUNCATED);
            assertThat(answer.reason()).isEqualTo("answer cut off");
        }
    }

    @Test
    void shouldRefuseWhatItCannotDecompress() throws Exception {
        FetchAnswer damaged = answerTo(gzipped("no gzip at all".getBytes(UTF_8), 14));
        assertThat(damaged.failure()).isEqualTo(FailureKind.INVALID_BODY);

        FetchAnswer foreign = answerTo("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nxx");
        assertThat(foreign.failure()).isEqualTo(FailureKind.INVALID_BODY);
    }

    @Test
    void shouldKnowAnyOtherStatusFromItsHead() throws Exception {
        String[] bodies = {
            "Content-Length: 2\r\n\r\nno", "Content-Length: 20\r\n\r\ncut", "Content-Encoding: br\r\n\r\n?"
        };
        for (String body : bodies) {
            FetchAnswer answer = answerTo("HTTP/1.1 503 Busy\r\n" + body);
            assertThat(answer.status()).as(body).isEqualTo(503);
            assertThat(answer.failure()).isNull();
            assertThat(answer.body()).isEmpty();
        }
        FetchAnswer unchanged = answerTo("HTTP/1.1 304 Not Modified\r\nETag: W/\"b\"\r\n\r\n");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.etag()).isEqualTo("W/\"b\"");
    }

    @Test
    void shouldNotBeKeptWaitingByTheBodyOfAnError() throws Exception {
        WireServer.Script script = peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 100\r\n\r\nslow");
            peer.awaitEnd();
        };
        try (WireServer server = new WireServer(script)) {
            open(server.uri());
            Fetch fetch = fetch(get());
            await("head received", ((HttpExchange) fetch)::isDecided);

            assertThat(fetch.cancel()).isFalse();

            assertThat(sink.await().status()).isEqualTo(502);
            await("connections closed", () -> server.open() == 0);
        }
    }

    @Test
    void shouldReportRetryAfterUpToAnHour() throws Exception {
        assertThat(answerTo("HTTP/1.1 429 Slow Down\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n")
                        .retryAfterMs())
                .isEqualTo(120_000);
        assertThat(answerTo("HTTP/1.1 429 Slow Down\r\nRetry-After: 99999\r\nContent-Length: 0\r\n\r\n")
                        .retryAfterMs())
                .isEqualTo(3_600_000);
    }

    @Test
    void shouldFollowNoRedirectAndKeepNoCookie() throws Exception {
        String moved = "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n";
        try (WireServer server = new WireServer(answering(moved))) {
            open(server.uri());
            for (int i = 0; i < 2; i++) {
                fetch(get());
                assertThat(sink.await().status()).isEqualTo(302);
            }
            assertThat(server.heads()).hasSize(2).noneMatch(head -> head.contains("Cookie"));
        }
    }

    @Test
    void shouldUseAConnectionAgain() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            open(server.uri());
            for (int i = 0; i < 5; i++) {
                fetch(get());
                assertThat(sink.await().status()).isEqualTo(200);
            }
            assertThat(server.accepted()).isBetween(1, 2);
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        open(URI.create("http://127.0.0.1:" + port));
        fetch(get());

        FetchAnswer answer = sink.await();
        assertThat(answer.failure()).isEqualTo(FailureKind.CONNECTION);
        assertThat(answer.reason()).isEqualTo("connection refused by 127.0.0.1:" + port);
    }

    @Test
    void shouldSayThatTheServerHungUp() throws Exception {
        try (WireServer server = new WireServer(WireServer.Peer::readRequest)) {
            open(server.uri());
            fetch(get());

            FetchAnswer answer = sink.await();
            assertThat(answer.failure()).isEqualTo(FailureKind.CONNECTION);
            assertThat(answer.reason()).isEqualTo("connection closed before the answer");
        }
    }

    @Test
    void shouldHangUpAndTellNothingWhenCancelled() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            open(server.uri());
            Fetch fetch = fetch(get());
            await("request sent", () -> !server.heads().isEmpty());

            assertThat(fetch.cancel()).isTrue();

            await("connection closed", () -> server.open() == 0);
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldNotBeCancelledOnceItHasEnded() throws Exception {
        try (WireServer server = new WireServer(answering(OK))) {
            open(server.uri());
            Fetch fetch = fetch(get());
            sink.await();

            assertThat(fetch.cancel()).isFalse();
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldAnswerWhatHangsWhenClosedAndEverythingAfterwards() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            open(server.uri());
            fetch(get());
            await("request sent", () -> !server.heads().isEmpty());

            transport.close();

            assertThat(sink.await().failure()).isEqualTo(FailureKind.CLOSED);
            fetch(get());
            assertThat(sink.await().failure()).isEqualTo(FailureKind.CLOSED);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseMoreThanTheLimitAndTakeMoreOnceOneHasEnded() throws Exception {
        try (WireServer server = new WireServer(hanging())) {
            open(server.uri());
            List<Fetch> fetches = new ArrayList<>();
            for (int i = 0; i < LIMIT; i++) {
                fetches.add(fetch(get()));
            }
            fetch(get());

            FetchAnswer refused = sink.await();
            assertThat(refused.failure()).isEqualTo(FailureKind.CONNECTION);
            assertThat(refused.reason()).isEqualTo("more than 8 requests at once");
            await("all sent", () -> server.heads().size() == LIMIT);
            assertThat(fetches.get(3).cancel()).isTrue();
            fetch(get());
            await("one more sent", () -> server.heads().size() == LIMIT + 1);
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldNeverMakeABatchWait() throws Exception {
        AtomicBoolean hang = new AtomicBoolean(true);
        WireServer.Script script = peer -> {
            if (hang.get()) {
                hanging().run(peer);
            } else {
                answering(OK).run(peer);
            }
        };
        try (WireServer server = new WireServer(script)) {
            open(server.uri());
            List<Fetch> fetches = new ArrayList<>();
            for (int i = 0; i < LIMIT; i++) {
                fetches.add(fetch(get()));
            }
            await("all sent", () -> server.heads().size() == LIMIT);
            hang.set(false);
            fetches.forEach(Fetch::cancel);
            hang.set(true);
            for (int i = 0; i < LIMIT; i++) {
                fetch(get());
            }
            await("all sent again", () -> server.heads().size() == 2 * LIMIT);
            hang.set(false);

            RecordingSink batches = new RecordingSink();
            for (int i = 0; i < 4; i++) {
                transport.batches().send(request(), batches);
            }
            for (int i = 0; i < 4; i++) {
                assertThat(batches.await()).isEqualTo(new Answer(200, 0, null));
            }
        }
    }

    @Test
    void shouldVerifyTheServer(@TempDir Path directory) throws Exception {
        TestKeys keys = TestKeys.create(directory, "ip:127.0.0.1");
        try (WireServer server = new WireServer("https", keys.serverSocket(), answering(OK))) {
            open(server.uri());
            fetch(get());

            FetchAnswer answer = sink.await();
            assertThat(answer.failure()).isEqualTo(FailureKind.CONNECTION);
            assertThat(answer.reason()).isEqualTo("TLS handshake failed: certificate not trusted");
            assertThat(server.heads()).isEmpty();
        }
        try (WireServer server = new WireServer("https", keys.serverSocket(), answering(OK))) {
            transport.close();
            open(server.uri(), keys.context(), null, Duration.ofSeconds(5));
            fetch(get());

            assertThat(sink.await().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldNotTakeAProxysRefusalForAnAnswer() throws Exception {
        try (WireServer proxy = new WireServer(answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"))) {
            open(
                    URI.create("https://eu.example.invalid"),
                    null,
                    URI.create("http://127.0.0.1:" + proxy.port()),
                    Duration.ofSeconds(5));
            fetch(new FetchRequest("/flags/definitions", Map.of("Authorization", "Bearer phs_1"), null, MAX_BYTES));

            FetchAnswer answer = sink.await();
            assertThat(answer.failure()).isEqualTo(FailureKind.CONNECTION);
            assertThat(answer.reason()).isEqualTo("proxy refused with status 403");
            assertThat(proxy.heads().poll()).startsWith("CONNECT ").doesNotContain("phs_1");
        }
    }

    @Test
    void shouldTakeAnAnswerThroughAProxy() throws Exception {
        try (WireServer proxy = new WireServer(answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"))) {
            open(
                    URI.create("http://eu.example.invalid"),
                    null,
                    URI.create("http://127.0.0.1:" + proxy.port()),
                    Duration.ofSeconds(5));
            fetch(get());

            assertThat(sink.await().status()).isEqualTo(403);
            assertThat(proxy.heads().poll()).startsWith("GET http://eu.example.invalid/flags/definitions?token=t");
        }
    }

    @Test
    void shouldShowNoSecretInItsText() {
        FetchRequest request =
                new FetchRequest("/flags?token=phc_1", Map.of("Authorization", "Bearer phs_1"), null, MAX_BYTES);

        assertThat(request).hasToString("FetchRequest{GET /flags, headers=[Authorization]}");
        assertThat(new FetchAnswer(200, "tag", 0, null, new byte[3], null, null))
                .hasToString("FetchAnswer{status=200, bytes=3}");
        assertThat(FetchAnswer.failed(FailureKind.TIMEOUT, "why")).hasToString("FetchAnswer{TIMEOUT: why}");
    }

    private FetchAnswer answerTo(String response) throws Exception {
        WireServer.Script script = peer -> {
            peer.readRequest();
            peer.write(response);
        };
        try (WireServer server = new WireServer(script)) {
            open(server.uri());
            fetch(get());
            return sink.await();
        } finally {
            transport.close();
        }
    }

    private static String gzipped(byte[] body, int announced) {
        return "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + announced + "\r\n\r\n"
                + new String(body, ISO_8859_1);
    }

    private static FetchRequest get() {
        return new FetchRequest("/flags/definitions?token=t", Map.of(), null, MAX_BYTES);
    }

    private Fetch fetch(FetchRequest request) {
        return transport.fetcher().fetch(request, sink);
    }

    private void open(URI host) throws IOException {
        open(host, null, null, Duration.ofSeconds(10));
    }

    private void open(URI host, SSLContext context, URI proxy, Duration silence) {
        TransportSettings base =
                settings(host, Map.of(), proxy, context, "penstock-fetch" + NUMBER.incrementAndGet() + "-io");
        transport = new HttpTransport(
                new TransportSettings(
                        host,
                        Map.of(),
                        proxy,
                        context,
                        base.connectTimeout(),
                        silence,
                        base.connections(),
                        USER_AGENT,
                        base.threads()),
                LIMIT,
                InstantSource.system());
    }
}
