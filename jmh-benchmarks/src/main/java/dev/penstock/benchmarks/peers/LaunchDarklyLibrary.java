package dev.penstock.benchmarks.peers;

import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.ReferenceEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * LaunchDarkly's library for servers: {@code track} with data. Without flags and without a connection for them. Its
 * documentation asks for a capacity above what is captured between two flushes, because it drops what exceeds it; and it
 * sends at the flush interval only, so that is short here: at its default of 5 seconds the window of undelivered events
 * would be what is measured. Bodies are compressed, which is not its default.
 */
final class LaunchDarklyLibrary implements CaptureLibrary {
    private static final int CAPACITY = 200_000;
    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(50);

    private final SinkProcess sink;
    private final LDClient client;

    LaunchDarklyLibrary(SinkProcess sink) {
        this.sink = sink;
        client = new LDClient(
                "sdk-benchmark",
                new LDConfig.Builder()
                        .dataSource(Components.externalUpdatesOnly())
                        .serviceEndpoints(Components.serviceEndpoints().events(sink.host()))
                        .events(Components.sendEvents()
                                .capacity(CAPACITY)
                                .flushInterval(FLUSH_INTERVAL)
                                .enableGzipCompression(true))
                        .diagnosticOptOut(true)
                        .logging(Components.noLogging())
                        .build());
    }

    @Override
    public boolean capture(ReferenceEvent event) {
        client.trackData(
                ReferenceEvent.NAME,
                LDContext.create(event.distinctId()),
                LDValue.buildObject()
                        .put("place", event.placement())
                        .put("ad", event.campaign())
                        .put("geo", event.country())
                        .put("dev", event.device())
                        .put("sid", event.sessionId())
                        .put("pos", event.position())
                        .put("seen", event.viewable())
                        .put("bid", event.price())
                        .build());
        return true;
    }

    @Override
    public long delivered() {
        return sink.events();
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
