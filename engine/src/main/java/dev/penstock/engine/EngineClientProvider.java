package dev.penstock.engine;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.segment.SegmentAnalytics;
import dev.penstock.client.segment.SegmentConfig;
import dev.penstock.client.spi.ClientProvider;

/**
 * How {@code CaptureClients} and {@code SegmentClients} find this engine.
 *
 * <p><b>Threads:</b> any; keeps no state.
 */
public final class EngineClientProvider implements ClientProvider {

    /** For {@link java.util.ServiceLoader}. */
    public EngineClientProvider() {}

    @Override
    public SegmentAnalytics createSegment(SegmentConfig config) {
        return SegmentEngine.start(config);
    }

    @Override
    public CaptureClient create(ClientConfig config) {
        return IngestionEngine.start(config);
    }
}
