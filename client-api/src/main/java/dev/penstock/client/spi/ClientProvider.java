package dev.penstock.client.spi;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.ClientConfig;

/**
 * Makes clients; implemented by an engine and found through {@link java.util.ServiceLoader}.
 *
 * <p><b>Threads:</b> any thread; implementations keep no state.
 */
public interface ClientProvider {

    /**
     * Makes and starts a client.
     *
     * @param config the configuration, already validated
     * @return a started client; never null
     */
    CaptureClient create(ClientConfig config);
}
