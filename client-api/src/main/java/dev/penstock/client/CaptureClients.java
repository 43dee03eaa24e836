package dev.penstock.client;

import dev.penstock.client.spi.ClientProvider;

/**
 * Makes clients.
 *
 * <pre>{@code
 * try (CaptureClient client = CaptureClients.create(ClientConfig.builder("phc_...").build())) {
 *     client.capture("player-77", "match finished", Map.of("score", 1210));
 * }
 * }</pre>
 *
 * <p><b>Threads:</b> any thread. Every call makes an independent client; nothing is shared and nothing is static.
 */
public final class CaptureClients {

    private CaptureClients() {}

    /**
     * Makes and starts a client. Starts its threads, makes no request.
     *
     * <p>The engine is looked up with the class loader of this API, then with the context class loader of the calling
     * thread.
     *
     * @param config a validated configuration
     * @return a started client; never null
     * @throws IllegalStateException if no engine is on the class path or module path
     */
    public static CaptureClient create(ClientConfig config) {
        return ClientProvider.find().create(config);
    }
}
