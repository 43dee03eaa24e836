package dev.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureClient;
import dev.penstock.client.CaptureResult;
import dev.penstock.client.logs.LogRecord;
import dev.penstock.client.logs.LogSettings;
import dev.penstock.collector.Collector;
import dev.penstock.engine.testing.ClientFixture;
import dev.penstock.engine.testing.EngineThreadNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Log records that are refused are counted, but start no lane. */
@Timeout(60)
class LogRefusalsTest {

    private final Collector collector = Collector.start();

    @AfterEach
    void closeCollector() {
        collector.close();
    }

    private static CaptureResult log(CaptureClient client, String body) {
        return client.logs().captureLog(LogRecord.builder(body).build());
    }

    private static boolean hasLane(ClientFixture fixture) {
        return EngineThreadNames.alive(fixture.name()).stream().anyMatch(name -> name.contains("pipeline-logs"));
    }

    @Test
    void shouldCountARefusalWithoutStartingTheLane() {
        LogSettings settings = LogSettings.builder()
                .beforeSend(record -> record.body().equals("secret") ? null : record)
                .build();
        try (ClientFixture fixture = ClientFixture.of(collector, config -> config.logs(settings))) {
            assertThat(log(fixture.client(), " ")).isEqualTo(CaptureResult.INVALID);
            assertThat(fixture.client().logs().captureLog(null)).isEqualTo(CaptureResult.INVALID);
            assertThat(log(fixture.client(), "secret")).isEqualTo(CaptureResult.FILTERED);
            assertThat(hasLane(fixture)).isFalse();
            assertThat(fixture.stats().results()).containsEntry(CaptureResult.INVALID, 2L);

            assertThat(log(fixture.client(), "one")).isEqualTo(CaptureResult.ACCEPTED);
            assertThat(hasLane(fixture)).isTrue();
            assertThat(log(fixture.client(), " ")).isEqualTo(CaptureResult.INVALID);
            assertThat(fixture.stats().results())
                    .containsEntry(CaptureResult.INVALID, 3L)
                    .containsEntry(CaptureResult.FILTERED, 1L);
            fixture.flush();
            assertThat(fixture.stats().isBalanced()).isTrue();
        }
    }
}
