package dev.penstock.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {

    private final FailureText texts = new FailureText(
            "eu.example.invalid:443", "eu.example.invalid", true, Duration.ofSeconds(2), Duration.ofMillis(1_500));

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("x"), "unknown host eu.example.invalid"),
                Arguments.of(
                        new ConnectException("Connect to y failed: Connection refused"),
                        "connection refused by eu.example.invalid:443"),
                Arguments.of(
                        new ConnectException("Network is unreachable"),
                        "network of eu.example.invalid:443 unreachable"),
                Arguments.of(
                        new ConnectException("Connection timed out"),
                        "no connection to eu.example.invalid:443 in time"),
                Arguments.of(new ConnectException(), "cannot connect to eu.example.invalid:443"),
                Arguments.of(new ConnectTimeoutException("x"), "no connection to eu.example.invalid:443 within 2 s"),
                Arguments.of(
                        new ConnectionRequestTimeoutException("x"), "no free connection to eu.example.invalid:443"),
                Arguments.of(new NoRouteToHostException("x"), "no route to eu.example.invalid:443"),
                Arguments.of(new SocketTimeoutException("x"), "no answer within 1500 ms"),
                Arguments.of(new SocketException("Connection reset"), "connection reset"),
                Arguments.of(new IOException("Connection reset by peer"), "connection reset"),
                Arguments.of(new IOException("Broken pipe"), "connection reset"),
                Arguments.of(new ConnectionClosedException(), "connection closed before the answer"),
                Arguments.of(new MessageConstraintException("x"), "answer head too long"),
                Arguments.of(new ProtocolException("x"), "answer is not valid HTTP"),
                Arguments.of(new SSLException("x"), "TLS connection failed"),
                Arguments.of(new CancellationException("x"), "transport stopped"),
                Arguments.of(new IOReactorShutdownException("x"), "transport stopped"),
                Arguments.of(new IllegalStateException("x"), "request failed (IllegalStateException)"));
    }

    static Stream<Arguments> handshakes() {
        return Stream.of(
                Arguments.of(new CertificateExpiredException("x"), "TLS handshake failed: certificate expired"),
                Arguments.of(
                        new CertificateNotYetValidException("x"), "TLS handshake failed: certificate not yet valid"),
                Arguments.of(
                        new CertPathValidatorException("x", new CertificateExpiredException("x")),
                        "TLS handshake failed: certificate expired"),
                Arguments.of(new CertPathValidatorException("x"), "TLS handshake failed: certificate not trusted"),
                Arguments.of(
                        new CertificateException("No name matching a found"),
                        "TLS handshake failed: certificate is not for eu.example.invalid"),
                Arguments.of(
                        new SSLPeerUnverifiedException("x"),
                        "TLS handshake failed: certificate is not for eu.example.invalid"),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "TLS handshake failed: no TLS at eu.example.invalid:443"),
                Arguments.of(new IOException("x"), "TLS handshake failed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldNameWhatWentWrong(Exception failure, String sentence) {
        assertThat(texts.of(failure, true)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void shouldNameWhatIsWrongWithACertificate(Exception cause, String sentence) {
        SSLHandshakeException failure = new SSLHandshakeException("outer");
        failure.initCause(cause);

        assertThat(texts.of(failure, false)).isEqualTo(sentence);
    }

    @Test
    void shouldTellASlowHandshakeFromASlowAnswer() {
        assertThat(texts.of(new SocketTimeoutException("x"), false))
                .isEqualTo("TLS handshake with eu.example.invalid:443 not finished in time");
    }

    @Test
    void shouldNeverPassOnAMessage() {
        Exception failure = new IOException("Authorization: Bearer phc_secret", new Exception("phc_secret reset"));

        assertThat(texts.of(failure, true)).doesNotContain("phc_secret").doesNotContain("Bearer");
    }

    @Test
    void shouldEndWithACauseThatIsItsOwn() {
        Exception first = new SSLException("first");
        Exception second = new SSLException("second", first);
        first.initCause(second);

        assertThat(texts.of(first, false)).isEqualTo("TLS handshake failed");
    }
}
