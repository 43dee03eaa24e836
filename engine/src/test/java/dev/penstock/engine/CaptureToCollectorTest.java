package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureClients;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.ClientConfig;
import dev.penstock.client.CloseReport;
import dev.penstock.client.EventTranslator;
import dev.penstock.client.FlushResult;
import dev.penstock.client.PropertyKey;
import dev.penstock.collector.Collector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptureToCollectorTest {

    private static final EventTranslator<String> BID =
            (writer, device) -> writer.event("bid won").distinctId(device).put("price", 2.35);

    @Test
    void shouldDeliverEventsOfAllThreeWaysInAndBalanceTheAccount() {
        try (Collector collector = Collector.start();
                CaptureClient client = CaptureClients.create(ClientConfig.builder("phc_test")
                        .host(collector.uri().toString())
                        .linger(Duration.ofHours(1))
                        .build())) {
            PropertyKey score = client.propertyKey("score");
            assertThat(client.capture("player-1", "match", Map.of("score", 7, "tags", List.of("a", "b"))))
                    .isEqualTo(CaptureResult.ACCEPTED);
            assertThat(client.event("round")
                            .distinctId("player-2")
                            .put(score, 8)
                            .put("won", true)
                            .send())
                    .isEqualTo(CaptureResult.ACCEPTED);
            assertThat(client.capture(BID, "device-3")).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(client.flush(Duration.ofSeconds(10))).isEqualTo(FlushResult.COMPLETED);

            assertThat(collector.invalidReasons()).isEmpty();
            assertThat(collector.requests()).hasSize(1);
            assertThat(collector.events()).extracting("event").containsExactly("match", "round", "bid won");
            assertThat(collector.events().get(0).property("score")).isEqualTo(7L);
            assertThat(collector.events().get(1).property("score")).isEqualTo(8L);

            CloseReport report = client.close(Duration.ofSeconds(5));
            assertThat(report.drained()).isTrue();
            assertThat(report.threadsStopped()).isTrue();
            assertThat(report.stats().delivered()).isEqualTo(3);
            assertThat(report.stats().isBalanced()).as(report.stats().summary()).isTrue();
        }
    }
}
