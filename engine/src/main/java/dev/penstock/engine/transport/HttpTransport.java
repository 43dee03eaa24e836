package dev.penstock.engine.transport;

import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/**
 * One Apache HttpClient over HTTP/1.1, shared by those who send batches and those who fetch.
 *
 * <p>HttpClient often never says that a request has ended, above all when it is closed or its I/O thread dies. So
 * every exchange is kept in a set of our own until it is settled, and what is left in it is failed when the I/O thread
 * ends and when the transport is closed.
 *
 * <p><b>Threads:</b> any. Answers come on the I/O thread, and failures also on the thread that sends, closes, looks a
 * name up or watches.
 */
public final class HttpTransport {

    private final TransportSettings settings;
    private final InstantSource clock;
    private final HttpHost target;
    private final String pathPrefix;
    private final FailureText texts;
    private final HostAddresses addresses;
    private final HttpClientFactory factory;
    private final ReactorSupervisor supervisor;
    private final BatchTransport batches = new HttpBatchTransport(this);
    private final Fetcher fetcher;
    private final Set<HttpExchange> outstanding = ConcurrentHashMap.newKeySet();
    private final IoThread io;
    private volatile boolean closed;

    /**
     * Makes a transport; starts no thread and connects to nobody yet.
     *
     * @param settings where to and how
     * @param fetches how many fetches may be open at once, besides the batches that {@code settings} count; more are
     *     answered with a failure
     * @param clock the wall clock that dates in {@code Retry-After} are compared with
     */
    public HttpTransport(TransportSettings settings, int fetches, InstantSource clock) {
        this(settings, fetches, clock, System::nanoTime, InetAddress::getAllByName);
    }

    HttpTransport(
            TransportSettings settings,
            int fetches,
            InstantSource clock,
            LongSupplier nanoClock,
            HostAddresses.Lookup lookup) {
        this.settings = settings;
        this.clock = clock;
        this.fetcher = new HttpFetcher(this, fetches);
        URI host = settings.host();
        this.target = HttpClientFactory.host(host);
        this.pathPrefix = host.getRawPath() == null ? "" : host.getRawPath();
        URI firstHop = settings.proxy() == null ? host : settings.proxy();
        this.texts = new FailureText(
                endpoint(firstHop),
                HttpClientFactory.bareHost(host),
                "https".equalsIgnoreCase(host.getScheme()),
                settings.connectTimeout(),
                settings.requestTimeout());
        this.addresses = new HostAddresses(
                HttpClientFactory.bareHost(firstHop), lookup, named("-dns"), nanoClock, this::onLookup);
        this.factory = new HttpClientFactory(settings, fetches, addresses);
        this.supervisor = new ReactorSupervisor(factory::build, settings.threads(), nanoClock, this::onReactorEnd);
        this.io = new IoThread(supervisor, outstanding, this::endWith);
    }

    /** Starts the I/O thread before the first request does, which would wait until its classes are loaded. */
    public void prepare() {
        supervisor.live();
    }

    /**
     * For whoever sends batches. Closing it closes the whole transport.
     *
     * @return always the same
     */
    public BatchTransport batches() {
        return batches;
    }

    /**
     * For whoever wants answers with their bodies.
     *
     * @return always the same
     */
    public Fetcher fetcher() {
        return fetcher;
    }

    /**
     * For whoever watches whether the I/O thread gets on with its work.
     *
     * @return always the same
     */
    public IoThread io() {
        return io;
    }

    /** Starts an exchange; never blocks, never throws. */
    void send(HttpExchange exchange) {
        outstanding.add(exchange);
        if (closed) {
            exchange.end(FailureKind.CLOSED, "transport closed");
        } else if (addresses.isKnown()) {
            start(exchange);
        } else {
            addresses.look();
        }
    }

    long restarts() {
        return supervisor.restarts();
    }

    void close() {
        closed = true;
        supervisor.close(this::sweep);
        sweep();
    }

    boolean isClosed() {
        return closed;
    }

    void settled(HttpExchange exchange) {
        outstanding.remove(exchange);
        io.ended(exchange);
    }

    FailureText texts() {
        return texts;
    }

    InstantSource clock() {
        return clock;
    }

    /** The client in use, for tests that break it. */
    Reactor reactor() {
        return supervisor.live();
    }

    private void start(HttpExchange exchange) {
        if (!exchange.claimStart()) {
            return;
        }
        Reactor reactor = supervisor.live();
        if (reactor == null) {
            endWith(exchange, "I/O thread not running");
            return;
        }
        exchange.assign(reactor);
        io.handedOver();
        try {
            exchange.running(execute(reactor, exchange));
        } catch (Throwable e) {
            exchange.fail(e);
        }
        if (!reactor.isAlive()) {
            // It ended before the exchange was seen to belong to it.
            exchange.end(closed ? FailureKind.CLOSED : FailureKind.CONNECTION, "I/O thread ended");
        }
    }

    private Future<?> execute(Reactor reactor, HttpExchange exchange) {
        BasicHttpRequest head = new BasicHttpRequest(exchange.method(), target, pathPrefix + exchange.path());
        for (Map.Entry<String, String> header : settings.headers().entrySet()) {
            head.setHeader(header.getKey(), header.getValue());
        }
        for (Map.Entry<String, String> header : exchange.headers().entrySet()) {
            head.setHeader(header.getKey(), header.getValue());
        }
        return reactor.client()
                .execute(
                        target,
                        new BasicRequestProducer(head, exchange.entity()),
                        exchange.consumer(settings.proxy() != null),
                        null,
                        factory.context(exchange),
                        exchange);
    }

    private void onLookup(Throwable failure) {
        for (HttpExchange exchange : outstanding) {
            if (failure == null) {
                start(exchange);
            } else if (exchange.claimStart()) {
                exchange.fail(failure);
            }
        }
    }

    private void onReactorEnd(Reactor reactor) {
        for (HttpExchange exchange : outstanding) {
            if (exchange.reactor() == reactor) {
                endWith(exchange, "I/O thread ended");
            }
        }
    }

    private void sweep() {
        for (HttpExchange exchange : outstanding) {
            exchange.end(FailureKind.CLOSED, "transport closed");
        }
    }

    private void endWith(HttpExchange exchange, String failure) {
        if (closed) {
            exchange.end(FailureKind.CLOSED, "transport closed");
        } else {
            exchange.end(FailureKind.CONNECTION, failure);
        }
    }

    private ThreadFactory named(String suffix) {
        return work -> {
            Thread thread = settings.threads().newThread(work);
            thread.setName(thread.getName() + suffix);
            return thread;
        };
    }

    private static String endpoint(URI uri) {
        int port = uri.getPort();
        if (port < 0) {
            port = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        }
        return uri.getHost() + ':' + port;
    }
}
