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
 * Sends batches with Apache HttpClient over HTTP/1.1.
 *
 * <p>HttpClient often never says that a request has ended, above all when it is closed or its I/O thread dies. So
 * every exchange is kept in a set of our own until it is settled, and what is left in it is failed when the I/O thread
 * ends and when the transport is closed.
 *
 * <p>An answer is its status line: a body that is cut off, too long or slow changes nothing about it. A proxy's
 * refusal is a failure, not an answer. While the status has not come, the caller's deadline rules: after {@link
 * Exchange#cancel()} the sink is not told and the connection is closed. Once it has, cancelling tells it.
 *
 * <p><b>Threads:</b> as {@link BatchTransport} says. Answers come on the I/O thread, and failures also on the thread
 * that sends, closes or looks a name up. <b>Allocation:</b> some kilobytes per request; never the body.
 */
public final class HttpBatchTransport implements BatchTransport {

    private final TransportSettings settings;
    private final InstantSource clock;
    private final HttpHost target;
    private final String pathPrefix;
    private final FailureText texts;
    private final HostAddresses addresses;
    private final ReactorSupervisor supervisor;
    private final Set<HttpExchange> outstanding = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Starts the I/O thread; connects to nobody yet.
     *
     * @param settings where to and how
     * @param clock the wall clock that dates in {@code Retry-After} are compared with
     */
    public HttpBatchTransport(TransportSettings settings, InstantSource clock) {
        this(settings, clock, System::nanoTime, InetAddress::getAllByName);
    }

    HttpBatchTransport(
            TransportSettings settings, InstantSource clock, LongSupplier nanoClock, HostAddresses.Lookup lookup) {
        this.settings = settings;
        this.clock = clock;
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
        this.supervisor = new ReactorSupervisor(
                new HttpClientFactory(settings, addresses)::build, settings.threads(), nanoClock, this::onReactorEnd);
        supervisor.live();
    }

    @Override
    public Exchange send(BatchRequest request, AnswerSink sink) {
        HttpExchange exchange = new HttpExchange(request, sink, texts, outstanding::remove);
        outstanding.add(exchange);
        if (closed) {
            exchange.end("transport closed");
        } else if (addresses.isKnown()) {
            start(exchange);
        } else {
            addresses.look();
        }
        return exchange;
    }

    @Override
    public long restarts() {
        return supervisor.restarts();
    }

    @Override
    public void close() {
        closed = true;
        supervisor.close(this::sweep);
        sweep();
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
            exchange.end(closed ? "transport closed" : "I/O thread not running");
            return;
        }
        exchange.assign(reactor);
        try {
            exchange.running(execute(reactor, exchange));
        } catch (Throwable e) {
            exchange.fail(e);
        }
        if (!reactor.isAlive()) {
            // It ended before the exchange was seen to belong to it.
            exchange.end("I/O thread ended");
        }
    }

    private Future<?> execute(Reactor reactor, HttpExchange exchange) {
        BasicHttpRequest head = new BasicHttpRequest(
                "POST", target, pathPrefix + exchange.request().path());
        for (Map.Entry<String, String> header : settings.headers().entrySet()) {
            head.setHeader(header.getKey(), header.getValue());
        }
        for (Map.Entry<String, String> header : exchange.request().headers().entrySet()) {
            head.setHeader(header.getKey(), header.getValue());
        }
        return reactor.client()
                .execute(
                        target,
                        new BasicRequestProducer(head, exchange.body()),
                        new AnswerConsumer(exchange, settings.proxy() != null, clock),
                        null,
                        HttpClientFactory.context(exchange),
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
                exchange.end(closed ? "transport closed" : "I/O thread ended");
            }
        }
    }

    private void sweep() {
        for (HttpExchange exchange : outstanding) {
            exchange.end("transport closed");
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
