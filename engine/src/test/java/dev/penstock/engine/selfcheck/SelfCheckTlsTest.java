package dev.penstock.engine.selfcheck;

import static dev.penstock.client.SelfCheckStatus.FAILED;
import static dev.penstock.client.SelfCheckStatus.PASSED;
import static dev.penstock.client.SelfCheckStatus.SKIPPED;
import static dev.penstock.client.SelfCheckStatus.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.ClientFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS, and the way through a proxy. */
@Timeout(60)
class SelfCheckTlsTest {

    private static final String HERE = "ip:127.0.0.1";

    @TempDir
    Path directory;

    /** {@code context} is null for the JDK's own, {@code proxy} for none. */
    private static ClientFixture clientOf(URI host, SSLContext context, URI proxy) {
        return ClientFixture.of(host, config -> {
            config.connectTimeout(Duration.ofSeconds(2)).sslContext(context);
            return proxy == null ? config : config.proxy(proxy);
        });
    }

    private static Checked check(SSLContext served, SSLContext trusted) {
        try (Collector collector = Collector.builder().sslContext(served).start();
                ClientFixture fixture = clientOf(collector.uri(), trusted, null)) {
            return Checked.of(fixture);
        }
    }

    @Test
    void shouldTellVersionNamesAndLastDay() throws Exception {
        SSLContext context = ServerKeys.selfSigned(directory, "dns:a.example,ip:127.0.0.1", "-validity", "60");

        Checked checked = check(context, context)
                .has("tls", PASSED, "TLSv1.3", "a.example, 127.0.0.1", "issued by penstock test", "valid until 20");

        assertThat(checked.statuses()).isEqualTo("PPPSPPPP");
    }

    @Test
    void shouldWarnOfACertificateThatEndsSoon() throws Exception {
        SSLContext context = ServerKeys.selfSigned(directory, HERE, "-validity", "13");

        check(context, context).has("tls", WARNING, "That is in 12 days").has("body", PASSED);
    }

    @Test
    void shouldSayThatACertificateIsNotTrusted() throws Exception {
        SSLContext context = ServerKeys.selfSigned(directory, HERE, "-validity", "60");

        Checked checked = check(context, null).has("tls", FAILED, "not trusted", "vouches for itself (penstock test)");

        assertThat(checked.statuses()).isEqualTo("PPPSFSSS");
    }

    @Test
    void shouldNameAnIssuerWhomNobodyKnows() throws Exception {
        SSLContext context = ServerKeys.issued(directory, HERE);

        check(context, null)
                .has("tls", FAILED, "issued by Penstock Issuer, whom nothing here vouches for", "may have left out");
        check(context, context).has("tls", PASSED, "issued by Penstock Issuer");
    }

    @Test
    void shouldSayWhomACertificateIsFor() throws Exception {
        SSLContext context = ServerKeys.selfSigned(directory, "dns:other.example", "-validity", "60");

        check(context, context).has("tls", FAILED, "is for other.example, not for 127.0.0.1");
    }

    @Test
    void shouldSayWhenACertificateHasExpired() throws Exception {
        SSLContext context = ServerKeys.selfSigned(directory, HERE, "-startdate", "-10d", "-validity", "5");

        check(context, null).has("tls", FAILED, "The server's certificate expired on 20");
    }

    @Test
    void shouldSayWhenACertificateIsNotValidYet() throws Exception {
        SSLContext context = ServerKeys.selfSigned(directory, HERE, "-startdate", "+2d", "-validity", "60");

        check(context, null).has("tls", FAILED, "valid only from 20");
    }

    @Test
    void shouldSayThatThereIsNoTls() throws IOException {
        try (RawServer plain = RawServer.greeting("220 mail.example\r\n");
                ClientFixture fixture = clientOf(plain.uri("https"), null, null)) {
            Checked.of(fixture).has("tls", FAILED, "no TLS handshake", "speaks no TLS");
        }
    }

    @Test
    void shouldNotWaitForAHandshakeWithoutEnd() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ClientFixture fixture =
                        clientOf(URI.create("https://127.0.0.1:" + silent.getLocalPort()), null, null)) {
            Checked.of(fixture).has("tls", FAILED, "not finished within 2 s");
        }
    }

    @Test
    void shouldPassThroughAProxyThatOpensATunnel() throws Exception {
        SSLContext context = ServerKeys.selfSigned(directory, HERE, "-validity", "60");
        try (Collector collector = Collector.builder().sslContext(context).start();
                RawServer proxy = RawServer.answering(head -> RawServer.TUNNEL);
                ClientFixture fixture = clientOf(collector.uri(), context, proxy.uri("http"))) {
            Checked checked = Checked.of(fixture)
                    .has("dns", PASSED, "127.0.0.1")
                    .has("tcp", PASSED, proxy.uri("http").getAuthority())
                    .has(
                            "proxy",
                            PASSED,
                            "opened a tunnel to " + collector.uri().getAuthority());

            assertThat(checked.statuses()).as(checked.report()::text).isEqualTo("PPPPPPPP");
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT " + collector.uri().getAuthority() + " HTTP/1.1\r\n"));
        }
    }

    @Test
    void shouldHandPlainRequestsToAProxy() throws IOException {
        Function<String, String> relay = head -> RawServer.answer(200, "{}");
        try (RawServer proxy = RawServer.answering(relay);
                ClientFixture fixture = clientOf(URI.create("http://penstock.invalid:8010"), null, proxy.uri("http"))) {
            Checked checked = Checked.of(fixture)
                    .has("proxy", PASSED, "handed to it as they are")
                    .has("tls", WARNING, "can be read on the way to penstock.invalid:8010");

            assertThat(checked.statuses()).as(checked.report()::text).isEqualTo("PPPPWPPS");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 403 Forbidden | opens no tunnel to example.invalid:443 (status 403) | allow CONNECT to example.invalid:443",
                "HTTP/1.1 407 Who are you | (status 407) | wants a user name and password",
                "HTTP/1.1 502 Bad Gateway | (status 502) | does not reach the server itself",
                "SSH-2.0-OpenSSH_9.6 | is no HTTP proxy | typing error"
            })
    void shouldSayWhyAProxyRefuses(String answer, String said, String remedy) throws IOException {
        try (RawServer proxy = RawServer.answering(head -> answer + "\r\nContent-Length: 0\r\n\r\n");
                ClientFixture fixture = clientOf(URI.create("https://example.invalid"), null, proxy.uri("http"))) {
            Checked checked = Checked.of(fixture).has("proxy", FAILED, said).has("tls", SKIPPED);

            assertThat(checked.step("proxy").remedy()).contains(remedy);
        }
    }

    @Test
    void shouldNotWaitForASilentProxyWithoutEnd() throws IOException {
        try (RawServer proxy = RawServer.answering(head -> RawServer.SILENCE);
                ClientFixture fixture = clientOf(URI.create("https://example.invalid"), null, proxy.uri("http"))) {
            Checked.of(fixture).has("proxy", FAILED, "does not answer within 2 s");
        }
    }
}
