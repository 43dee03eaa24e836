package dev.penstock.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.benchmarks.sink.SinkProcess;
import dev.penstock.benchmarks.support.CaptureApi;
import dev.penstock.benchmarks.support.ReferenceCapture;
import dev.penstock.benchmarks.support.ReferenceEvents;
import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Fails when events take more bytes on the way than they did: this does not depend on the machine. */
class WireGuardIT {
    private static final int EVENTS = 20_000;
    private static final double WIRE_BOUND = 110;
    private static final double JSON_BOUND = 520;

    @Test
    void shouldKeepWithinTheBytesOfAnEventOnTheWire() throws IOException {
        try (SinkProcess sink = new SinkProcess()) {
            CaptureClient client = CaptureClients.create(
                    ClientConfig.builder("phc_guard").host(sink.host()).build());
            ReferenceCapture capture = new ReferenceCapture(CaptureApi.of(client));
            ReferenceEvents events = new ReferenceEvents(ReferenceEvents.Strings.TOUCHED, 1);
            for (int i = 0; i < EVENTS; i++) {
                assertThat(capture.builder(events.next())).isEqualTo(CaptureResult.ACCEPTED);
            }
            assertThat(client.close(Duration.ofSeconds(30)).drained()).isTrue();

            assertThat(sink.events()).isEqualTo(EVENTS);
            assertThat((double) sink.wireBytes() / EVENTS).isLessThan(WIRE_BOUND);
            assertThat((double) sink.plainBytes() / EVENTS).isLessThan(JSON_BOUND);
        }
    }
}
