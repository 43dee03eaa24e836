package dev.penstock.engine.transport;

import static dev.penstock.engine.transport.TransportFixture.USER_AGENT;
import static dev.penstock.engine.transport.TransportFixture.await;
import static dev.penstock.engine.transport.TransportFixture.request;
import static dev.penstock.engine.transport.TransportFixture.settings;
import static dev.penstock.engine.transport.TransportFixture.transport;
import static dev.penstock.engine.transport.WireServer.OK;
import static dev.penstock.engine.transport.WireServer.answering;
import static dev.penstock.engine.transport.WireServer.hanging;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpBatchTransportTest {

    private final RecordingSink sink = new RecordingSink();

    @Test
    void shouldReportTheStatusAndReleaseTheBody() throws Exception {
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            Exchange exchange = transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            assertThat(exchange.isBodyReleased()).isTrue();
            exchange.cancel();
            assertThat(exchange.isBodyReleased()).isTrue();
        }
    }

    @Test
    void shouldReportRetryAfterInSeconds() throws Exception {
        // HttpClient alone would have sent this request again.
        try (WireServer server = new WireServer(answering(empty("503 Busy", "Retry-After: 3")));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(503, 3_000, null));
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void shouldReportRetryAfterAsADate() throws Exception {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-02-11T09:30:00Z"));
        String date = "Retry-After: Wed, 11 Feb 2026 09:30:07 GMT";
        try (WireServer server = new WireServer(answering(empty("429 Slow Down", date)));
                Closing<HttpBatchTransport> transport =
                        new Closing<>(new HttpBatchTransport(settings(server.uri()), clock))) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(429, 7_000, null));
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void shouldSendExactlyTheseHeaders() throws Exception {
        Map<String, String> extra = new LinkedHashMap<>();
        extra.put("X-Team", "blue");
        extra.put("X-Both", "settings");
        TransportSettings settings = settings(null, extra, null, null, "penstock-headers-io");
        Map<String, String> own = new LinkedHashMap<>();
        own.put("Content-Type", "application/json");
        own.put("Content-Encoding", "gzip");
        own.put("x-both", "request");
        byte[] body = "0123456789-beyond".getBytes(StandardCharsets.US_ASCII);
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport =
                        new Closing<>(transport(withHost(settings, URI.create(server.uri() + "/relay"))))) {
            transport.it().send(new BatchRequest("/batch?beacon=1", own, body, 10, 0), sink);
            assertThat(sink.await().status()).isEqualTo(200);

            assertThat(server.heads().poll().split("\r\n"))
                    .startsWith("POST /relay/batch?beacon=1 HTTP/1.1")
                    .containsExactlyInAnyOrder(
                            "POST /relay/batch?beacon=1 HTTP/1.1",
                            "X-Team: blue",
                            "x-both: request",
                            "Content-Type: application/json",
                            "Content-Encoding: gzip",
                            "Content-Length: 10",
                            "Host: 127.0.0.1:" + server.port(),
                            "Connection: keep-alive",
                            "User-Agent: " + USER_AGENT);
            assertThat(server.bodies().poll()).asString().isEqualTo("0123456789");
        }
    }

    @Test
    void shouldLetTheConfiguredUserAgentWin() throws Exception {
        Map<String, String> extra = Map.of("User-Agent", "mine/2");
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport =
                        new Closing<>(transport(settings(server.uri(), extra, null, null, "penstock-agent-io")))) {
            transport.it().send(request(), sink);
            sink.await();

            assertThat(server.heads().poll()).contains("User-Agent: mine/2\r\n").doesNotContain(USER_AGENT);
        }
    }

    @Test
    void shouldSendALargeBodyUnchanged() throws Exception {
        byte[] body = new byte[8 * 1024 * 1024 + 17];
        new Random(7).nextBytes(body);
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            Exchange exchange = transport.it().send(request(body), sink);

            assertThat(sink.await().status()).isEqualTo(200);
            assertThat(exchange.isBodyReleased()).isTrue();
            assertThat(server.bodies().poll()).isEqualTo(body);
        }
    }

    @Test
    void shouldSendAnEmptyBody() throws Exception {
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            Exchange exchange = transport.it().send(request(new byte[0]), sink);

            assertThat(sink.await().status()).isEqualTo(200);
            assertThat(exchange.isBodyReleased()).isTrue();
            assertThat(server.heads().poll()).contains("Content-Length: 0\r\n");
        }
    }

    @Test
    void shouldReuseAConnection() throws Exception {
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            for (int i = 0; i < 50; i++) {
                transport.it().send(request(), sink);
                assertThat(sink.await().status()).isEqualTo(200);
            }

            // The next request may be sent in the moment between an answer and the release of its connection.
            assertThat(server.accepted()).isBetween(1, 2);
            assertThat(server.heads()).hasSize(50);
        }
    }

    @Test
    void shouldNotFollowARedirect() throws Exception {
        try (WireServer server = new WireServer(answering(empty("307 Elsewhere", "Location: /other")));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(307, 0, null));
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void shouldNotEchoCookies() throws Exception {
        try (WireServer server = new WireServer(answering(empty("200 OK", "Set-Cookie: id=1; Path=/")));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            for (int i = 0; i < 2; i++) {
                transport.it().send(request(), sink);
                assertThat(sink.await().status()).isEqualTo(200);
            }

            assertThat(server.heads()).hasSize(2).noneMatch(head -> head.contains("ookie"));
        }
    }

    @Test
    void shouldReportAChallengeAsItsStatus() throws Exception {
        try (WireServer server = new WireServer(answering(empty("401 No", "WWW-Authenticate: Basic realm=\"x\"")));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(401, 0, null));
        }
    }

    @Test
    void shouldReportAnAnswerThatComesDuringTheUpload() throws Exception {
        for (String status : new String[] {"413 Too Large", "302 Elsewhere", "200 Already"}) {
            WireServer.Script early = peer -> {
                peer.readHead();
                peer.write(empty(status, "X-Early: yes"));
                peer.awaitEnd();
            };
            try (WireServer server = new WireServer(early);
                    Closing<HttpBatchTransport> transport = open(server.uri())) {
                // More often than there are connections: each must be closed, none may be kept for ever.
                for (int i = 0; i < 12; i++) {
                    Exchange exchange = transport.it().send(request(new byte[8 * 1024 * 1024]), sink);

                    assertThat(sink.await().status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                    assertThat(exchange.isBodyReleased()).isFalse();
                }
                await("connections closed", () -> server.open() == 0);
            }
        }
    }

    @Test
    void shouldSayThatAConnectionIsRefused() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        try (Closing<HttpBatchTransport> transport = open(URI.create("http://127.0.0.1:" + port))) {
            Exchange exchange = transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("connection refused by 127.0.0.1:" + port));
            assertThat(exchange.isBodyReleased()).isFalse();
        }
    }

    @Test
    void shouldSayThatAConnectionIsReset() throws Exception {
        WireServer.Script reset = peer -> {
            peer.readRequest();
            peer.reset();
        };
        try (WireServer server = new WireServer(reset);
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("connection reset"));
        }
    }

    @Test
    void shouldSayThatAConnectionIsClosedWithoutAnswer() throws Exception {
        try (WireServer server = new WireServer(peer -> peer.readRequest());
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("connection closed before the answer"));
        }
    }

    @Test
    void shouldSayThatAnAnswerIsNotHttp() throws Exception {
        try (WireServer server = new WireServer(answering("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n"));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await().failure()).isEqualTo("answer is not valid HTTP");
        }
    }

    @Test
    void shouldBoundLengthAndNumberOfAnswerHeaders() throws Exception {
        String[] answers = {
            empty("200 OK", "X-Long: " + "x".repeat(9_000)), empty("200 OK", "X-Many: x\r\n".repeat(120) + "X-Last: x")
        };
        for (String answer : answers) {
            try (WireServer server = new WireServer(answering(answer));
                    Closing<HttpBatchTransport> transport = open(server.uri())) {
                transport.it().send(request(), sink);

                assertThat(sink.await()).isEqualTo(Answer.failed("answer head too long"));
                await("connection closed", () -> server.open() == 0);
            }
        }
    }

    @Test
    void shouldSayHowLongItWaitedForAnAnswer() throws Exception {
        try (WireServer server = new WireServer(hanging());
                Closing<HttpBatchTransport> transport =
                        new Closing<>(transport(withTimeout(settings(server.uri()), Duration.ofMillis(200))))) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("no answer within 200 ms"));
            await("connection closed", () -> server.open() == 0);
        }
    }

    @Test
    void shouldSayThatAHostIsUnknown() throws Exception {
        HostAddresses.Lookup nobody = name -> {
            throw new UnknownHostException(name);
        };
        URI host = URI.create("http://eu.example.invalid");
        try (Closing<HttpBatchTransport> transport = new Closing<>(
                new HttpBatchTransport(settings(host), InstantSource.system(), System::nanoTime, nobody))) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("unknown host eu.example.invalid"));
        }
    }

    @Test
    void shouldNotHoldUpTheSenderWhileANameIsLookedUp() throws Exception {
        CountDownLatch nameServer = new CountDownLatch(1);
        HostAddresses.Lookup slow = name -> {
            awaitQuietly(nameServer);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport = new Closing<>(new HttpBatchTransport(
                        settings(URI.create("http://slow.example.invalid:" + server.port())),
                        InstantSource.system(),
                        System::nanoTime,
                        slow))) {
            Exchange first = transport.it().send(request(), sink);
            transport.it().send(request(), sink);
            first.cancel();
            assertThat(sink.count()).isZero();

            nameServer.countDown();

            assertThat(sink.await().status()).isEqualTo(200);
            assertThat(server.heads()).as("the cancelled one was never sent").hasSize(1);
            assertThat(server.heads().poll()).contains("Host: slow.example.invalid:" + server.port());
        }
    }

    @Test
    void shouldTakeTheStatusOfATruncatedAnswer() throws Exception {
        WireServer.Script truncating = peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sta");
        };
        try (WireServer server = new WireServer(truncating);
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            Exchange exchange = transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            assertThat(exchange.isBodyReleased()).isTrue();
        }
    }

    @Test
    void shouldNotTakeATruncatedHeadForAnAnswer() throws Exception {
        WireServer.Script truncating = peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nContent-Le");
        };
        try (WireServer server = new WireServer(truncating);
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await().failure()).isEqualTo("answer is not valid HTTP");
        }
    }

    @Test
    void shouldTakeTheStatusOfATooLongAnswerAndHangUp() throws Exception {
        WireServer.Script endless = peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                peer.write("1000\r\n" + "x".repeat(0x1000) + "\r\n");
            }
        };
        try (WireServer server = new WireServer(endless);
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            await("connection closed", () -> server.open() == 0);
        }
    }

    @Test
    void shouldHangUpAndTellTheStatusWhenATrickledAnswerIsCancelled() throws Exception {
        CountDownLatch trickling = new CountDownLatch(1);
        WireServer.Script trickle = peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (true) {
                peer.write("x");
                trickling.countDown();
                awaitQuietly(new CountDownLatch(1), 5);
            }
        };
        try (WireServer server = new WireServer(trickle);
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            Exchange exchange = transport.it().send(request(), sink);
            assertThat(trickling.await(10, TimeUnit.SECONDS)).isTrue();
            await("status", ((HttpExchange) exchange)::isDecided);

            exchange.cancel();

            await("connection closed", () -> server.open() == 0);
            assertThat(sink.await().status()).isEqualTo(200);
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldSurviveASinkThatThrows() throws Exception {
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            CountDownLatch thrown = new CountDownLatch(1);
            transport.it().send(request(), answer -> {
                thrown.countDown();
                throw new AssertionError("from the sink");
            });
            assertThat(thrown.await(10, TimeUnit.SECONDS)).isTrue();
            transport.it().send(request(), sink);

            assertThat(sink.await().status()).isEqualTo(200);
            assertThat(transport.it().restarts()).isZero();
        }
    }

    @Test
    void shouldAnswerWhatCannotBeSent() throws Exception {
        try (WireServer server = new WireServer(answering(OK));
                Closing<HttpBatchTransport> transport = open(server.uri())) {
            Map<String, String> impossible = Map.of("Content-Length", "5");
            transport.it().send(new BatchRequest("/batch", impossible, new byte[5], 5, 0), sink);

            assertThat(sink.await().status()).isZero();
        }
    }

    @Test
    void shouldShowNoHeaderValueInItsSettings() {
        TransportSettings settings = settings(
                URI.create("http://127.0.0.1:1"), Map.of("X-Token", "phc_secret"), null, null, "penstock-show-io");

        assertThat(settings.toString()).contains("X-Token").doesNotContain("phc_secret");
    }

    private static Closing<HttpBatchTransport> open(URI host) {
        return new Closing<>(transport(host));
    }

    private static String empty(String status, String header) {
        return "HTTP/1.1 " + status + "\r\n" + header + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static TransportSettings withHost(TransportSettings settings, URI host) {
        return settings(host, settings.headers(), null, null, "penstock-host-io");
    }

    private static TransportSettings withTimeout(TransportSettings settings, Duration requestTimeout) {
        return new TransportSettings(
                settings.host(),
                settings.headers(),
                null,
                null,
                settings.connectTimeout(),
                requestTimeout,
                4,
                USER_AGENT,
                settings.threads());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        awaitQuietly(latch, 10_000);
    }

    private static void awaitQuietly(CountDownLatch latch, long ms) {
        try {
            latch.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A transport that ends with a test. */
    record Closing<T extends BatchTransport>(T it) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            it.close();
        }
    }
}
