package dev.penstock.stress.conformance;

import com.sun.net.httpserver.HttpServer;
import dev.penstock.client.CaptureClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The service: the calls of the harness, each with its handler, on 127.0.0.1.
 *
 * <p><b>Threads:</b> any. Each call has a thread while it lasts, because a flush waits. {@link #close()} ends the clients
 * too, and takes as long as they take to stop.
 */
final class AdapterServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ClientRegistry clients = new ClientRegistry();
    private final ExecutorService threads = threads();
    private final HttpServer server;

    private AdapterServer(HttpServer server) {
        this.server = server;
    }

    /** Starts the service on a port, or on a free one for 0; failed calls are told to {@code err}. */
    static AdapterServer start(int port, AdapterSetup setup, PrintWriter err) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        AdapterServer adapter = new AdapterServer(server);
        adapter.addCalls(setup, err);
        server.setExecutor(adapter.threads);
        server.start();
        return adapter;
    }

    private void addCalls(AdapterSetup setup, PrintWriter err) {
        add("GET", "/health", new HealthHandler(setup), err);
        add("POST", "/init", new InitHandler(clients, setup), err);
        add("POST", "/capture", new CaptureHandler(clients, CaptureClient::event), err);
        add(
                "POST",
                "/capture_ai",
                new CaptureHandler(clients, (client, name) -> client.ai().event(name)),
                err);
        add("POST", "/get_feature_flag", new FlagHandler(clients), err);
        add("POST", "/flush", new FlushHandler(clients), err);
        add("POST", "/reset", new ResetHandler(clients), err);
        add("GET", "/state", new StateHandler(clients), err);
    }

    private void add(String method, String path, CallHandler handler, PrintWriter err) {
        server.createContext(path, new JsonEndpoint(method, path, handler, err));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        clients.close();
    }

    private static ExecutorService threads() {
        AtomicInteger count = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "conformance-adapter-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
