package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.segment.MessageClient;
import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.client.CaptureResult;

/** Segment's library for Java, set up as where messages are compared: with a bound for its queue and its executor's. */
final class SegmentLibrary implements CaptureLibrary {
    private final SinkProcess sink;
    private final MessageClient client;

    SegmentLibrary(SinkProcess sink, MessageClient client) {
        this.sink = sink;
        this.client = client;
    }

    @Override
    public boolean capture(ReferenceEvent event) {
        return client.send(event) == CaptureResult.ACCEPTED;
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
