package dev.penstock.collector;

import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String PASSWORD = "password";

    @TempDir
    static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "collector",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    private static RawClient connect(Collector collector) throws IOException {
        return new RawClient(collector, context.getSocketFactory());
    }

    @Test
    void shouldServeOverTls() throws IOException {
        try (Collector collector = Collector.builder().sslContext(context).start();
                RawClient client = connect(collector)) {
            assertThat(collector.uri().getScheme()).isEqualTo("https");
            assertThat(client.post(one(1)).status()).isEqualTo(200);
            assertThat(client.post(one(2)).status()).isEqualTo(200);
            assertThat(collector.stats().events()).isEqualTo(2);
        }
    }

    @Test
    void shouldFailOverTlsAsScripted() throws IOException {
        try (Collector collector = Collector.builder().sslContext(context).start()) {
            collector.answerNext(Answer.reset(), Answer.hang(), Answer.halfClose(), Answer.early(413));
            try (RawClient client = connect(collector)) {
                assertThatThrownBy(() -> client.post(one(1))).isInstanceOf(IOException.class);
            }
            try (RawClient client = connect(collector)) {
                client.sendPost("/batch", utf8(one(1)));
                collector.awaitRequests(2, WAIT);
                collector.release();
                assertThat(client.read().status()).isEqualTo(200);
            }
            try (RawClient client = connect(collector)) {
                client.sendPost("/batch", utf8(one(1)));
                assertThat(client.readByte()).isEqualTo(-1);
            }
            try (RawClient client = connect(collector)) {
                assertThat(client.post(one(1)).status()).isEqualTo(413);
            }
            collector.awaitOpenConnections(0, WAIT);
        }
    }

    @Test
    void shouldSurviveAClientThatDoesNotSpeakTls() throws IOException {
        try (Collector collector = Collector.builder().sslContext(context).start()) {
            try (RawClient plain = new RawClient(collector)) {
                assertThatThrownBy(() -> plain.post(one(1))).isInstanceOf(Exception.class);
            }
            try (RawClient client = connect(collector)) {
                assertThat(client.post(one(1)).status()).isEqualTo(200);
            }
        }
    }
}
