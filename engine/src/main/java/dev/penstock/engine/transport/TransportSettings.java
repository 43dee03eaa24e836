package dev.penstock.engine.transport;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;

/**
 * What an {@link HttpBatchTransport} needs to know.
 *
 * <p>{@link #toString()} shows the names of the headers and never a value.
 *
 * @param host base URL, {@code http} or {@code https}; a path is put in front of each request's path
 * @param headers headers of every request; a request's own header of the same name wins
 * @param proxy HTTP proxy, or null for none
 * @param sslContext TLS settings, or null for the JDK's default context; host names are verified in either case
 * @param connectTimeout longest time for connecting, and again for the TLS handshake
 * @param requestTimeout longest silence of the server once a request is under way; the deadline for a whole request is
 *     the caller's, who cancels
 * @param connections how many exchanges the caller has open at most; the transport keeps a few more connections than
 *     that, so that no request ever waits for one
 * @param userAgent value of {@code User-Agent}, unless {@code headers} has one
 * @param threads makes the transport's threads; the names it gives are kept and, except for the I/O thread, extended
 */
public record TransportSettings(
        URI host,
        Map<String, String> headers,
        URI proxy,
        SSLContext sslContext,
        Duration connectTimeout,
        Duration requestTimeout,
        int connections,
        String userAgent,
        ThreadFactory threads) {

    /**
     * Copies the headers.
     *
     * @throws IllegalArgumentException if {@code connections} is less than one
     */
    public TransportSettings {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1 but is " + connections);
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    @Override
    public String toString() {
        return "TransportSettings{host=" + host
                + ", headers=" + headers.keySet()
                + ", proxy=" + (proxy == null ? "none" : proxy.getHost())
                + ", connectTimeout=" + connectTimeout
                + ", requestTimeout=" + requestTimeout
                + ", connections=" + connections + '}';
    }
}
