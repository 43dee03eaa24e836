package dev.penstock.client.spi;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentConfig;
import java.util.ServiceLoader;

/**
 * Makes clients; implemented by an engine and found through {@link java.util.ServiceLoader}.
 *
 * <p><b>Threads:</b> any thread; implementations keep no state.
 */
public interface ClientProvider {

    /**
     * Looks the engine up, with the class loader of this API, then with the context class loader of the calling thread.
     *
     * @return the first one found; never null
     * @throws IllegalStateException if no engine is on the class path or module path
     */
    static ClientProvider find() {
        return ServiceLoader.load(ClientProvider.class, ClientProvider.class.getClassLoader())
                .findFirst()
                .or(() -> ServiceLoader.load(ClientProvider.class).findFirst())
                .orElseThrow(() -> new IllegalStateException(
                        "no Penstock engine found: add dev.penstock:penstock-engine to the class path or module path"));
    }

    /**
     * Makes and starts a client.
     *
     * @param config the configuration, already validated
     * @return a started client; never null
     */
    CaptureClient create(ClientConfig config);

    /**
     * Makes and starts a client that speaks to Segment.
     *
     * @param config the configuration, already validated
     * @return a started client; never null
     * @throws IllegalArgumentException if the default context is over 32,000 bytes of JSON
     */
    SegmentAnalytics createSegment(SegmentConfig config);
}
