package dev.penstock.stress.conformance;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.ClientConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clients that are alive, one for each test.
 *
 * <p><b>Threads:</b> any; the calls of one test come one after another.
 */
final class ClientRegistry implements AutoCloseable {
    private final Map<String, CaptureClient> clients = new ConcurrentHashMap<>();

    /** Starts a client for a test, in place of the one it may have had. */
    void start(String testId, ClientConfig config) {
        discard(testId);
        clients.put(testId, CaptureClients.create(config));
    }

    CaptureClient client(String testId) throws BadCallException {
        CaptureClient client = clients.get(testId);
        if (client == null) {
            throw new BadCallException("there is no client: /init was not called, or /reset has ended it");
        }
        return client;
    }

    /** Ends a test's client if there is one. Neither event nor retry of it is sent afterwards. */
    void discard(String testId) {
        CaptureClient client = clients.remove(testId);
        if (client != null) {
            client.discard();
        }
    }

    @Override
    public void close() {
        for (String testId : clients.keySet()) {
            discard(testId);
        }
    }
}
