package dev.penstock.benchmarks.pipeline;

import dev.penstock.benchmarks.support.CaptureApi;
import dev.penstock.benchmarks.support.EventSource;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;

/** Reference events without end, through the builder. */
final class ReferenceSource implements EventSource {
    private final ReferenceEvents events;
    private final ReferenceCapture capture;
    private ReferenceEvent current;

    ReferenceSource(CaptureClient client, ReferenceEvents.Strings strings, int producer) {
        events = new ReferenceEvents(strings, producer);
        capture = new ReferenceCapture(CaptureApi.of(client));
    }

    @Override
    public boolean advance() {
        current = events.next();
        return true;
    }

    @Override
    public CaptureResult capture() {
        return capture.builder(current);
    }
}
