package dev.penstock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.penstock.cli.common.ClientOptions;
import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.SpoolSettings;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorExtension;
import dev.penstock.collector.ReceivedEvent;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ImpressionCaptureTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BURST = 1_000;
    private static final int WARM_UP_BURSTS = 60;
    private static final int BURSTS = 40;

    /** Less than a byte an event: what the compiler itself may cost the thread. */
    private static final double NOISE = 1.0;

    @RegisterExtension
    static final CollectorExtension COLLECTORS = new CollectorExtension();

    private final ImpressionStream stream = new ImpressionStream(new ImpressionPools(7), 8);

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingWhateverIsSpoken(WireProtocol protocol, Collector collector) {
        try (EventClient client = open(protocol, collector)) {
            ImpressionCapture capture = new ImpressionCapture(client);
            long allocated = 0;
            for (int burst = 0; burst < WARM_UP_BURSTS + BURSTS; burst++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < BURST; i++) {
                    stream.next();
                    require(capture.capture(stream) == CaptureResult.ACCEPTED);
                }
                long after = THREADS.getCurrentThreadAllocatedBytes();
                allocated += burst < WARM_UP_BURSTS ? 0 : after - before;
                client.flush(Duration.ofSeconds(20));
            }

            assertThat((double) allocated / (BURSTS * BURST)).isLessThan(NOISE);
        }
    }

    /** Without the garbage of an assertion. */
    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("an event was not accepted");
        }
    }

    @Test
    void shouldSendTheSameContentWhateverIsSpoken(Collector collector) {
        stream.next();
        for (WireProtocol protocol : WireProtocol.values()) {
            try (EventClient client = open(protocol, collector)) {
                new ImpressionCapture(client).capture(stream);
                client.flush(Duration.ofSeconds(20));
            }
        }

        assertThat(collector.events()).hasSize(3);
        ReceivedEvent track = collector.events().get(2);
        assertThat(track.fields()).containsEntry("type", "track").containsEntry("userId", stream.person);
        assertThat(track.properties()).hasSize(8).containsEntry("bid_price", stream.bidPrice);
        assertThat(collector.events()).allSatisfy(event -> {
            assertThat(event.event()).isEqualTo("ad_impression");
            assertThat(event.distinctId()).isEqualTo(stream.person);
            assertThat(event.properties()).containsAllEntriesOf(track.properties());
        });
    }

    private static EventClient open(WireProtocol protocol, Collector collector) {
        return protocol.open(new ClientOptions(
                "test",
                "phc_test",
                collector.uri().toString(),
                500,
                true,
                ClientOptions.Purpose.LIVE,
                SpoolSettings.OFF,
                System.getLogger("test"),
                (message, cause) -> {},
                null));
    }
}
