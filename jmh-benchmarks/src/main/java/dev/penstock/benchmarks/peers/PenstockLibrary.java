package dev.penstock.benchmarks.peers;

import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.CaptureApi;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceCapture.Way;
import dev.penstock.benchmarks.support.ReferenceEvent;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.CloseReport;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** This library, as shipped but for a larger ring and what a contender changes. Its own account must balance at the end. */
final class PenstockLibrary implements CaptureLibrary {
    /** 50,000 events a second for the two seconds in which the compilers of a cold process have one of two cores. */
    private static final int RING_SLOTS = 131_072;

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final SinkProcess sink;
    private final CaptureClient client;
    private final ReferenceCapture capture;
    private final Way way;

    PenstockLibrary(SinkProcess sink, Way way, UnaryOperator<ClientConfig.Builder> changes) {
        this.sink = sink;
        this.way = way;
        client = CaptureClients.create(changes.apply(
                        ClientConfig.builder("phc_benchmark").host(sink.host()).ringSlots(RING_SLOTS))
                .build());
        capture = new ReferenceCapture(CaptureApi.of(client));
    }

    @Override
    public boolean capture(ReferenceEvent event) {
        return capture.capture(way, event) == CaptureResult.ACCEPTED;
    }

    @Override
    public long delivered() {
        return sink.events();
    }

    @Override
    public void flush() {
        client.flush(Duration.ZERO);
    }

    @Override
    public void close() {
        CloseReport report = client.close(LONGEST);
        if (!report.drained()
                || !report.stats().isBalanced()
                || report.stats().delivered() != report.stats().accepted()
                || report.stats().delivered() != sink.events()) {
            throw new IllegalStateException(
                    "the account does not balance: " + report.stats().summary() + "; the sink has " + sink.events());
        }
    }
}
