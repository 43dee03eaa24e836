package dev.penstock.stress.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int TIMEOUT_MS = 10_000;
    /** Long enough to tell silence from slowness, short enough to wait for. */
    private static final int SILENCE_MS = 150;

    private EchoHost host;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        host = new EchoHost();
        proxy = FaultProxy.to(host.port());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        host.close();
    }

    @Test
    void shouldPassEverythingWithoutFaults() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client, "hello")).isEqualTo("hello");
            assertThat(echo(client, "x".repeat(100_000))).isEqualTo("x".repeat(100_000));
        }
        assertThat(proxy.counts().total()).isZero();
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void shouldPassTheEndOfAStream() throws IOException {
        try (Socket client = connect()) {
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(proxy.broken()).isZero();
    }

    @Test
    void shouldDelay() throws IOException {
        proxy.set(Fault.delay(Side.ANSWER, Duration.ofMillis(80)));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            assertThat(echo(client, "hello")).isEqualTo("hello");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
        }
        assertThat(proxy.counts().of(FaultKind.DELAY)).isEqualTo(1);
    }

    @Test
    void shouldSwallowAfterSomeBytesAndNeverGoOn() throws IOException {
        proxy.set(Fault.drop(Side.ANSWER, 3));
        try (Socket client = connect()) {
            send(client, "hello");
            assertThat(receive(client, 3)).isEqualTo("hel");
            assertSilence(client);
            proxy.set(Fault.NONE);
            send(client, "again");
            assertSilence(client);
        }
        assertThat(proxy.counts().of(FaultKind.DROP)).isEqualTo(1);
    }

    @Test
    void shouldResetAfterSomeBytes() throws IOException {
        proxy.set(Fault.reset(Side.ANSWER, 2));
        try (Socket client = connect()) {
            send(client, "hello");
            assertThatThrownBy(() -> client.getInputStream().readNBytes(5))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(proxy.counts().of(FaultKind.RESET)).isEqualTo(1);
        assertThat(proxy.broken()).isPositive();
    }

    @Test
    void shouldEndOneDirectionOnly() throws IOException {
        proxy.set(Fault.halfClose(Side.ANSWER, 2));
        try (Socket client = connect()) {
            send(client, "hello");
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("he");
            send(client, "still read");
            host.awaitReceived("hello".length() + "still read".length());
        }
        assertThat(proxy.counts().of(FaultKind.HALF_CLOSE)).isEqualTo(1);
    }

    @Test
    void shouldPassAFewBytesAtATimeUntilLifted() throws IOException {
        proxy.set(Fault.trickle(Side.REQUEST, Duration.ofMillis(20)));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            String text = "x".repeat(5 * Pump.TRICKLE_BYTES);
            assertThat(echo(client, text)).isEqualTo(text);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
            send(client, "y".repeat(1_000_000));
            proxy.set(Fault.NONE);
            assertThat(receive(client, 1_000_000)).isEqualTo("y".repeat(1_000_000));
        }
        assertThat(proxy.counts().of(FaultKind.TRICKLE)).isEqualTo(1);
    }

    @Test
    void shouldFlipOneBitOnce() throws IOException {
        proxy.set(Fault.corrupt(Side.REQUEST, 1, 5));
        try (Socket client = connect()) {
            assertThat(echo(client, "hello")).isEqualTo("hEllo");
            assertThat(echo(client, "hello")).isEqualTo("hello");
        }
        assertThat(proxy.counts().of(FaultKind.CORRUPT)).isEqualTo(1);
    }

    @Test
    void shouldLimitTheRate() throws IOException {
        proxy.set(Fault.bandwidth(Side.REQUEST, 10_000));
        try (Socket client = connect()) {
            long start = System.nanoTime();
            assertThat(echo(client, "x".repeat(2_000))).hasSize(2_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(180));
        }
        assertThat(proxy.counts().of(FaultKind.BANDWIDTH)).isEqualTo(1);
    }

    @Test
    void shouldRefuseAndListenAgainOnTheSamePort() throws IOException {
        try (Socket before = connect()) {
            assertThat(echo(before, "hello")).isEqualTo("hello");
            proxy.refuse();
            proxy.refuse();
            assertThatThrownBy(() -> before.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.accept();
        proxy.accept();
        try (Socket after = connect()) {
            assertThat(echo(after, "hello")).isEqualTo("hello");
        }
        assertThat(proxy.counts().of(FaultKind.REFUSE)).isEqualTo(1);
    }

    @Test
    void shouldTreatEachNewConnectionInItsOwnWay() throws IOException {
        proxy.setForNew(number -> number == 2 ? Fault.reset(Side.REQUEST, 0) : Fault.NONE);
        try (Socket first = connect()) {
            assertThat(echo(first, "hello")).isEqualTo("hello");
            try (Socket second = connect()) {
                send(second, "hello");
                assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            assertThat(echo(first, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void shouldStrikeOneOpenConnection() throws IOException {
        assertThat(proxy.strike(Fault.reset(Side.REQUEST, 0), 0)).isFalse();
        try (Socket client = connect()) {
            assertThat(echo(client, "hello")).isEqualTo("hello");
            assertThat(proxy.strike(Fault.reset(Side.REQUEST, 0), -7)).isTrue();
            send(client, "hello");
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
        client.setTcpNoDelay(true);
        client.setSoTimeout(TIMEOUT_MS);
        return client;
    }

    private static String echo(Socket client, String text) throws IOException {
        send(client, text);
        return receive(client, text.length());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String receive(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    private static void assertSilence(Socket client) throws IOException {
        client.setSoTimeout(SILENCE_MS);
        InputStream in = client.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(TIMEOUT_MS);
    }
}
