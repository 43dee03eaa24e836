package dev.penstock.benchmarks.peers;

import com.posthog.java.PostHog;
import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvent;

/**
 * PostHog's earlier library for Java, with its defaults: its builder has only the host to set. A queue manager of one's own
 * could change when it sends, which at full speed makes no difference: it sends all that waits in one body, never
 * compresses, and its queue has no bound.
 */
final class PostHogJavaLibrary implements CaptureLibrary {
    private final SinkProcess sink;
    private final PostHog client;

    PostHogJavaLibrary(SinkProcess sink) {
        this.sink = sink;
        client = new PostHog.Builder("phc_benchmark").host(sink.host()).build();
    }

    @Override
    public boolean capture(ReferenceEvent event) {
        client.capture(event.distinctId(), ReferenceEvent.NAME, ReferenceCapture.toMap(event));
        return true;
    }

    @Override
    public long delivered() {
        return sink.events();
    }

    /** It has no such call, and sends of itself. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        client.shutdown();
    }
}
