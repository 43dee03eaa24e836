package dev.penstock.engine.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.reactor.IOReactorShutdownException;

/**
 * Says in a short sentence why a request got no answer. An exception's own message is only searched for known phrases
 * and never passed on, since it may quote what was sent.
 *
 * @param endpoint where connections go, as host and port
 * @param host the host whose certificate is checked
 * @param secure whether that is done at all
 * @param connectTimeout see {@link TransportSettings}
 * @param requestTimeout see {@link TransportSettings}
 */
record FailureText(String endpoint, String host, boolean secure, Duration connectTimeout, Duration requestTimeout) {

    private static final int MAX_CAUSES = 8;

    /**
     * The sentence for an exception.
     *
     * @param failure why the exchange ended
     * @param requestBegun whether the connection was ready and the request had begun to leave
     * @return the sentence, without a full stop
     */
    String of(Throwable failure, boolean requestBegun) {
        if (failure instanceof UnknownHostException) {
            return "unknown host " + endpoint.substring(0, endpoint.lastIndexOf(':'));
        }
        if (failure instanceof ConnectTimeoutException) {
            return "no connection to " + endpoint + " within " + text(connectTimeout);
        }
        if (failure instanceof ConnectionRequestTimeoutException) {
            return "no free connection to " + endpoint;
        }
        if (failure instanceof ConnectException) {
            return connecting(failure);
        }
        if (failure instanceof NoRouteToHostException) {
            return "no route to " + endpoint;
        }
        if (failure instanceof SSLException) {
            return tls(failure, requestBegun);
        }
        if (failure instanceof SocketTimeoutException) {
            return secure && !requestBegun
                    ? "TLS handshake with " + endpoint + " not finished in time"
                    : "no answer within " + text(requestTimeout);
        }
        return later(failure);
    }

    /**
     * What kind of failure an exception makes.
     *
     * @param failure why the exchange ended
     * @return {@link FailureKind#TIMEOUT} or {@link FailureKind#CONNECTION}
     */
    static FailureKind kind(Throwable failure) {
        boolean late = failure instanceof SocketTimeoutException
                || (failure instanceof ConnectException && says(failure, "timed out"));
        return late ? FailureKind.TIMEOUT : FailureKind.CONNECTION;
    }

    private String connecting(Throwable failure) {
        if (says(failure, "refused")) {
            return "connection refused by " + endpoint;
        }
        if (says(failure, "unreachable")) {
            return "network of " + endpoint + " unreachable";
        }
        if (says(failure, "timed out")) {
            return "no connection to " + endpoint + " in time";
        }
        return "cannot connect to " + endpoint;
    }

    private String tls(Throwable failure, boolean requestBegun) {
        if (requestBegun) {
            return "TLS connection failed";
        }
        String reason = certificate(failure);
        return reason == null ? "TLS handshake failed" : "TLS handshake failed: " + reason;
    }

    private String certificate(Throwable failure) {
        // Most telling first: an expired certificate is also one without a valid path.
        if (has(failure, CertificateExpiredException.class)) {
            return "certificate expired";
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return "certificate not yet valid";
        }
        if (has(failure, SSLPeerUnverifiedException.class)
                || says(failure, "no subject alternative")
                || says(failure, "no name matching")) {
            return "certificate is not for " + host;
        }
        if (has(failure, CertPathBuilderException.class)
                || has(failure, CertPathValidatorException.class)
                || says(failure, "trustanchors")) {
            return "certificate not trusted";
        }
        return says(failure, "ssl message") ? "no TLS at " + endpoint : null;
    }

    private String later(Throwable failure) {
        if (failure instanceof IOReactorShutdownException || failure instanceof CancellationException) {
            return "transport stopped";
        }
        if (failure instanceof MessageConstraintException) {
            return "answer head too long";
        }
        if (failure instanceof ConnectionClosedException || failure instanceof NoHttpResponseException) {
            return "connection closed before the answer";
        }
        if (failure instanceof HttpException || failure instanceof MalformedChunkCodingException) {
            return "answer is not valid HTTP";
        }
        if (failure instanceof IOException && (says(failure, "reset") || says(failure, "broken pipe"))) {
            return "connection reset";
        }
        return "request failed (" + failure.getClass().getSimpleName() + ')';
    }

    private static boolean says(Throwable failure, String phrase) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.toLowerCase(Locale.ROOT).contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Duration duration) {
        long ms = duration.toMillis();
        return ms % 1_000 == 0 ? ms / 1_000 + " s" : ms + " ms";
    }
}
