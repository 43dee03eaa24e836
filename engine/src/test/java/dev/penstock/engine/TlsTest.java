package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.Await;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.TestCertificate;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with and without trust. */
@Timeout(60)
class TlsTest {

    @TempDir
    static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate() throws Exception {
        context = TestCertificate.create(directory);
    }

    @Test
    void shouldDeliverToAServerThatTheGivenContextTrusts() {
        try (Collector collector = Collector.builder().sslContext(context).start();
                ClientFixture fixture = ClientFixture.of(collector, config -> config.sslContext(context))) {
            fixture.capture(250);
            fixture.flush();

            assertThat(fixture.stats().delivered()).isEqualTo(250);
            assertThat(collector.stats().distinct()).isEqualTo(250);
            fixture.assertQuiet();
        }
    }

    @Test
    void shouldRetryAndSayWhyWhenTheServerIsNotTrusted() {
        try (Collector collector = Collector.builder().sslContext(context).start();
                ClientFixture fixture = ClientFixture.sendingOnFlush(collector.uri(), config -> config.maxRetries(1))) {
            fixture.capture(5);
            fixture.flush();

            assertThat(fixture.stats().expired()).isEqualTo(5);
            assertThat(fixture.stats().delivery().requests()).isEqualTo(2);
            assertThat(collector.stats().requests()).isZero();
            fixture.awaitWarning("retries used up", "TLS handshake failed: certificate not trusted");
        }
    }

    @Test
    void shouldComeThroughAnOutageOfATlsServer() {
        try (Collector collector = Collector.builder().sslContext(context).start();
                ClientFixture fixture = ClientFixture.of(
                        collector, config -> config.sslContext(context).maxRetries(20))) {
            fixture.capture(5);
            fixture.flush();
            collector.stop();
            fixture.capture(5);
            Await.until(() -> fixture.stats().delivery().retries() > 0, "tries while down");
            collector.restart();
            fixture.flush();
            assertThat(fixture.stats().delivered()).isEqualTo(10);
            assertThat(collector.stats().distinct()).isEqualTo(10);
        }
    }
}
