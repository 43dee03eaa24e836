package dev.penstock.engine.transport;

import static dev.penstock.engine.transport.TransportFixture.USER_AGENT;
import static dev.penstock.engine.transport.TransportFixture.await;
import static dev.penstock.engine.transport.TransportFixture.request;
import static dev.penstock.engine.transport.TransportFixture.settings;
import static dev.penstock.engine.transport.WireServer.OK;
import static dev.penstock.engine.transport.WireServer.answering;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** TLS, proxies, and one through the other. */
@Timeout(60)
class HttpBatchTransportTlsTest {

    private static final String TUNNEL = "HTTP/1.1 200 Connection established\r\n\r\n";

    @TempDir
    static Path directory;

    private static TestKeys keys;

    private final RecordingSink sink = new RecordingSink();

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.create(directory, "ip:127.0.0.1");
    }

    @Test
    void shouldSendToAServerThatTheGivenContextTrusts() throws Exception {
        byte[] body = new byte[3 * 1024 * 1024 + 1];
        new Random(11).nextBytes(body);
        try (WireServer server = tls(answering(OK));
                Closing transport = open(server.uri(), null, keys.context())) {
            for (int i = 0; i < 5; i++) {
                Exchange exchange = transport.it().send(request(body), sink);
                assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
                assertThat(exchange.isBodyReleased()).isTrue();
                assertThat(server.bodies().poll()).isEqualTo(body);
            }
            assertThat(server.accepted()).isBetween(1, 2);
        }
    }

    @Test
    void shouldRefuseACertificateThatNobodyVouchesFor() throws Exception {
        try (WireServer server = tls(answering(OK));
                Closing transport = open(server.uri(), null, null)) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("TLS handshake failed: certificate not trusted"));
            assertThat(server.heads()).isEmpty();
            await("connection closed", () -> server.open() == 0);
        }
    }

    @Test
    void shouldRefuseACertificateOfAnotherHost() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        TestKeys elsewhere = TestKeys.create(other, "dns:eu.example.invalid");
        try (WireServer server = new WireServer("https", elsewhere.serverSocket(), answering(OK));
                Closing transport = open(server.uri(), null, elsewhere.context())) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("TLS handshake failed: certificate is not for 127.0.0.1"));
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void shouldSayThatAServerDoesNotSpeakTls() throws Exception {
        WireServer.Script plain = peer -> {
            peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            peer.awaitEnd();
        };
        try (WireServer server = new WireServer(plain);
                Closing transport = open(URI.create("https://127.0.0.1:" + server.port()), null, keys.context())) {
            transport.it().send(request(), sink);

            assertThat(sink.await())
                    .isEqualTo(Answer.failed("TLS handshake failed: no TLS at 127.0.0.1:" + server.port()));
        }
    }

    @Test
    void shouldGiveUpAHandshakeThatDoesNotEnd() throws Exception {
        try (WireServer server = new WireServer(WireServer.Peer::awaitEnd);
                Closing transport = open(URI.create("https://127.0.0.1:" + server.port()), null, keys.context())) {
            transport.it().send(request(), sink);

            assertThat(sink.await().failure())
                    .isEqualTo("TLS handshake with 127.0.0.1:" + server.port() + " not finished in time");
            await("connection closed", () -> server.open() == 0);
        }
    }

    @Test
    void shouldFreeTheSocketOfAHandshakeThatWasCancelled() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        WireServer.Script silent = peer -> {
            connected.countDown();
            peer.awaitEnd();
        };
        try (WireServer server = new WireServer(silent);
                Closing transport = open(URI.create("https://127.0.0.1:" + server.port()), null, keys.context())) {
            Exchange exchange = transport.it().send(request(), sink);
            assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();

            exchange.cancel();

            await("connection closed", () -> server.open() == 0);
            assertThat(sink.count()).isZero();
        }
    }

    @Test
    void shouldFreeTheSocketOfAHandshakeThatEndsAfterItWasCancelled() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        WireServer.Script late = peer -> {
            connected.countDown();
            awaitQuietly(cancelled);
            try (Socket secure = keys.context().getSocketFactory().createSocket(peer.socket(), null, true)) {
                while (secure.getInputStream().read() >= 0) {
                    // Nothing is expected.
                }
            }
        };
        try (WireServer server = new WireServer(late);
                Closing transport = open(URI.create("https://127.0.0.1:" + server.port()), null, keys.context(), 500)) {
            Exchange exchange = transport.it().send(request(), sink);
            assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();

            exchange.cancel();
            cancelled.countDown();

            await("connection closed", () -> server.open() == 0);
        }
    }

    @Test
    void shouldAskAProxyForTheWholeUrl() throws Exception {
        try (WireServer proxy = new WireServer(answering(OK));
                Closing transport = open(
                        URI.create("http://eu.example.invalid:8000/base"),
                        URI.create("http://127.0.0.1:" + proxy.port()),
                        null)) {
            Exchange exchange = transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            assertThat(exchange.isBodyReleased()).isTrue();
            assertThat(proxy.heads().poll())
                    .startsWith("POST http://eu.example.invalid:8000/base/batch HTTP/1.1\r\n")
                    .contains("Host: eu.example.invalid:8000\r\n");
        }
    }

    @Test
    void shouldTunnelToASecureHostThroughAProxy() throws Exception {
        try (WireServer server = tls(answering(OK));
                WireServer proxy = new WireServer(tunnelTo(server.port()));
                Closing transport = openWith(
                        server.uri(),
                        Map.of("X-Token", "for the server only"),
                        URI.create("http://127.0.0.1:" + proxy.port()))) {
            for (int i = 0; i < 5; i++) {
                transport.it().send(request(), sink);
                assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            }

            assertThat(proxy.heads().poll())
                    .startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n")
                    .contains("User-Agent: " + USER_AGENT + "\r\n")
                    .doesNotContain("for the server only");
            assertThat(server.heads().poll())
                    .startsWith("POST /batch HTTP/1.1\r\n")
                    .contains("X-Token: for the server only\r\n");
            assertThat(server.accepted()).isBetween(1, 2);
        }
    }

    @Test
    void shouldNotTakeAProxysRefusalForAnAnswer() throws Exception {
        for (String status : new String[] {"403 Forbidden", "407 Who", "502 Bad Gateway"}) {
            WireServer.Script refusal = answering(
                    "HTTP/1.1 " + status + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\nno");
            try (WireServer proxy = new WireServer(refusal);
                    Closing transport = open(
                            URI.create("https://eu.example.invalid"),
                            URI.create("http://127.0.0.1:" + proxy.port()),
                            null)) {
                Exchange exchange = transport.it().send(request(), sink);

                assertThat(sink.await())
                        .isEqualTo(Answer.failed("proxy refused with status " + status.substring(0, 3)));
                assertThat(exchange.isBodyReleased()).isFalse();
                await("connection closed", () -> proxy.open() == 0);
            }
        }
    }

    @Test
    void shouldNotTakeAProxysChallengeForAnAnswer() throws Exception {
        WireServer.Script challenge =
                answering("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
        try (WireServer proxy = new WireServer(challenge);
                Closing transport = open(
                        URI.create("http://eu.example.invalid"),
                        URI.create("http://127.0.0.1:" + proxy.port()),
                        null)) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(Answer.failed("proxy refused with status 407"));
        }
    }

    @Test
    void shouldConnectToAnIpv6Address() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        ServerSocket socket;
        try {
            socket = new ServerSocket(0, 50, loopback);
        } catch (IOException e) {
            throw new TestAbortedException("no IPv6 here", e);
        }
        try (WireServer server = new WireServer("http", socket, answering(OK));
                Closing transport = open(URI.create("http://[::1]:" + server.port()), null, null)) {
            transport.it().send(request(), sink);

            assertThat(sink.await()).isEqualTo(new Answer(200, 0, null));
            assertThat(server.heads().poll()).contains("Host: [::1]:" + server.port() + "\r\n");
        }
    }

    private static WireServer tls(WireServer.Script script) throws IOException {
        return new WireServer("https", keys.serverSocket(), script);
    }

    private static WireServer.Script tunnelTo(int port) {
        return peer -> {
            peer.readHead();
            try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), port)) {
                peer.write(TUNNEL);
                Thread back = new Thread(() -> copy(onward, peer.socket()), "wire-tunnel");
                back.setDaemon(true);
                back.start();
                copy(peer.socket(), onward);
            }
        };
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone.
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Closing open(URI host, URI proxy, SSLContext context) {
        return open(host, proxy, context, 10_000);
    }

    private static Closing open(URI host, URI proxy, SSLContext context, long requestTimeoutMs) {
        TransportSettings base = settings(host);
        return new Closing(new HttpBatchTransport(
                new TransportSettings(
                        host,
                        Map.of(),
                        proxy,
                        context,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(requestTimeoutMs),
                        4,
                        USER_AGENT,
                        base.threads()),
                InstantSource.system()));
    }

    private static Closing openWith(URI host, Map<String, String> headers, URI proxy) {
        return new Closing(new HttpBatchTransport(
                settings(host, headers, proxy, keys.context(), "penstock-tls-io"), InstantSource.system()));
    }

    private record Closing(HttpBatchTransport it) implements AutoCloseable {
        @Override
        public void close() {
            it.close();
        }
    }
}
