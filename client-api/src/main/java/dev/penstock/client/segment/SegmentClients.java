package dev.penstock.client.segment;

import dev.penstock.client.spi.ClientProvider;

/**
 * Makes clients that speak to Segment.
 *
 * <pre>{@code
 * try (SegmentAnalytics analytics = SegmentClients.create(SegmentConfig.builder("your-write-key").build())) {
 *     analytics.track("Item Bought").userId("u-19").put("sku", "sword-3").send();
 * }
 * }</pre>
 *
 * <p><b>Threads:</b> any thread. Every call makes an independent client; nothing is shared and nothing is static.
 */
public final class SegmentClients {

    private SegmentClients() {}

    /**
     * Makes and starts a client. Starts its threads, makes no request.
     *
     * <p>The engine is looked up with the class loader of this API, then with the context class loader of the calling
     * thread.
     *
     * @param config a validated configuration
     * @return a started client; never null
     * @throws IllegalArgumentException if the default context is over 32,000 bytes of JSON with the library's own member, or,
     *     when it is copied into each message, over half of {@code maxMessageBytes}
     * @throws IllegalStateException if no engine is on the class path or module path
     */
    public static SegmentAnalytics create(SegmentConfig config) {
        return ClientProvider.find().createSegment(config);
    }
}
