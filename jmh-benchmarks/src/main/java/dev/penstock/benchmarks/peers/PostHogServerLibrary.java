package dev.penstock.benchmarks.peers;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogCaptureOptions;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;
import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvent;

/**
 * PostHog's library for servers. Its queue is larger than the window of undelivered events, because it drops the oldest
 * when that is full; flags, which have nothing to do with capturing, are off.
 */
final class PostHogServerLibrary implements CaptureLibrary {
    /** The most its server takes in one request, and what a batch must reach to be sent early. */
    static final int LARGE_BATCH = 1_000;

    private static final int QUEUE = 200_000;

    private final SinkProcess sink;
    private final PostHogInterface client;

    PostHogServerLibrary(SinkProcess sink, int flushAt, int batch) {
        this.sink = sink;
        client = PostHog.with(PostHogConfig.builder("phc_benchmark")
                .host(sink.host())
                .flushAt(flushAt)
                .maxBatchSize(batch)
                .maxQueueSize(QUEUE)
                .flushIntervalSeconds(1)
                .preloadFeatureFlags(false)
                .sendFeatureFlagEvent(false)
                .build());
    }

    @Override
    public boolean capture(ReferenceEvent event) {
        client.capture(
                event.distinctId(),
                ReferenceEvent.NAME,
                PostHogCaptureOptions.builder()
                        .properties(ReferenceCapture.toMap(event))
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
        client.close();
    }
}
