package dev.penstock.engine.transport;

import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Builds HttpClient with every default chosen. Uses only what versions 5.5 and 5.6 share, as an application may well
 * bring the older one.
 */
final class HttpClientFactory {

    private static final String EXCHANGE = "penstock.exchange";

    /** Timeouts are noticed no finer than this. */
    private static final TimeValue SELECT_INTERVAL = TimeValue.ofMilliseconds(50);

    /** Less than the minute after which load balancers commonly hang up. */
    private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(50);

    /** So that a change of addresses is followed even under constant load. */
    private static final TimeValue TIME_TO_LIVE = TimeValue.ofMinutes(5);

    private static final TimeValue VALIDATE_AFTER = TimeValue.ofSeconds(1);

    /** Longer than any deadline of a fetch, each of which has one of its own and is cancelled then. */
    private static final Timeout FETCH_TIMEOUT = Timeout.ofMinutes(2);

    private static final int MAX_LINE_LENGTH = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_EMPTY_LINES = 4;

    private final TransportSettings settings;
    private final int fetches;
    private final DnsResolver resolver;
    private final Timeout connectTimeout;
    private final Timeout requestTimeout;
    private final RequestConfig fetchConfig;

    /** {@code fetches}: how many are open at most, besides the batches. */
    HttpClientFactory(TransportSettings settings, int fetches, DnsResolver resolver) {
        this.settings = settings;
        this.fetches = fetches;
        this.resolver = resolver;
        this.connectTimeout = Timeout.of(settings.connectTimeout());
        this.requestTimeout = Timeout.of(settings.requestTimeout());
        this.fetchConfig = requests(FETCH_TIMEOUT);
    }

    CloseableHttpAsyncClient build(ThreadFactory threads) {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setConnectionManager(connections())
                .setIOReactorConfig(reactor())
                .setHttp1Config(bounds())
                .setDefaultRequestConfig(requests(requestTimeout))
                .setThreadFactory(threads)
                // Also what a proxy sees in CONNECT, where the default would name HttpClient and its version.
                .setUserAgent(settings.userAgent())
                .addExecInterceptorFirst("exchange", HttpClientFactory::attach)
                // Left alone it logs errors, at that level, through the application's slf4j.
                .setIoReactorExceptionCallback(error -> {})
                // Left alone it sends a POST again after 503 and 429.
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                // Left alone it reads the list of public suffixes, for cookies.
                .setDefaultCookieSpecRegistry(name -> null)
                .disableAuthCaching()
                .disableConnectionState();
        if (fetches > 0) {
            builder.addExecInterceptorLast("connected", HttpClientFactory::connected);
        }
        URI proxy = settings.proxy();
        if (proxy != null) {
            builder.setProxy(host(proxy));
        }
        return builder.build();
    }

    /** A context that leads from HttpClient's machinery back to the exchange. */
    HttpClientContext context(HttpExchange exchange) {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(EXCHANGE, exchange);
        if (exchange instanceof FetchExchange) {
            context.setRequestConfig(fetchConfig);
        }
        return context;
    }

    private static void attach(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof HttpExchange exchange) {
            exchange.connection(scope.execRuntime);
        }
        chain.proceed(request, body, scope, callback);
    }

    /** Runs once the connection is made, the tunnel and TLS included. */
    private static void connected(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof HttpExchange exchange) {
            exchange.connected();
        }
        chain.proceed(request, body, scope, callback);
    }

    /** Scheme, host and port of a URL; an IPv6 address without its brackets, as HttpClient wants it. */
    static HttpHost host(URI uri) {
        return new HttpHost(uri.getScheme(), bareHost(uri), uri.getPort());
    }

    static String bareHost(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private PoolingAsyncClientConnectionManager connections() {
        // A request that waits for a connection is not failed when its time is up, so none may ever wait. An exchange
        // is settled a moment before its connection is free again, and a cancelled one may take longer.
        int slots = 2 * (settings.connections() + fetches);
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(slots)
                .setMaxConnTotal(slots)
                .setDnsResolver(resolver)
                .setTlsStrategy(new TlsOnDemand(() -> new DefaultClientTlsStrategy(
                        sslContext(), HostnameVerificationPolicy.BOTH, HttpsSupport.getDefaultHostnameVerifier())))
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(connectTimeout)
                        // One request per connection keeps the caller's count of open requests exact.
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .setSocketTimeout(requestTimeout)
                        .setTimeToLive(TIME_TO_LIVE)
                        .setValidateAfterInactivity(VALIDATE_AFTER)
                        .build())
                .build();
    }

    private IOReactorConfig reactor() {
        return IOReactorConfig.custom()
                .setIoThreadCount(1)
                .setTcpNoDelay(true)
                .setSelectInterval(SELECT_INTERVAL)
                // Frees a socket whose exchange was cancelled during the TLS handshake: HttpClient forgets those.
                .setSoTimeout(requestTimeout)
                .build();
    }

    private static Http1Config bounds() {
        return Http1Config.custom()
                .setMaxLineLength(MAX_LINE_LENGTH)
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxEmptyLineCount(MAX_EMPTY_LINES)
                .build();
    }

    private RequestConfig requests(Timeout responseTimeout) {
        return RequestConfig.custom()
                .setResponseTimeout(responseTimeout)
                .setConnectionRequestTimeout(connectTimeout)
                .setConnectionKeepAlive(KEEP_ALIVE)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                // So that cancelling closes the connection.
                .setHardCancellationEnabled(true)
                .build();
    }

    private SSLContext sslContext() {
        if (settings.sslContext() != null) {
            return settings.sslContext();
        }
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no default TLS context", e);
        }
    }
}
