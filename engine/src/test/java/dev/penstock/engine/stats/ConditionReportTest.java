package dev.penstock.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import java.lang.System.Logger.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionReportTest {

    private final ResultCounters counters = new ResultCounters(1);
    private final RecordingLogger logger = new RecordingLogger();
    private final DistinctErrors errors = new DistinctErrors(() -> logger, "app", 10, null);
    private final ConditionReport report = new ConditionReport(counters, errors);

    private List<RecordingLogger.Line> said(long nowNs) {
        logger.lines().clear();
        report.run();
        errors.report(nowNs);
        return List.copyOf(logger.lines());
    }

    @ParameterizedTest
    @CsvSource({"RING_FULL, DEBUG", "SAMPLED, DEBUG"})
    void shouldSayHowOftenSinceTheLastTime(CaptureResult result, Level level) {
        counters.count(result, 0);
        counters.count(result, 0);
        assertThat(said(0)).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(level);
            assertThat(line.message()).contains(result.name()).endsWith("(2 times)");
        });
        assertThat(said(100)).isEmpty();

        counters.count(result, 0);
        assertThat(said(200))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).doesNotContain("times"));
    }

    @Test
    void shouldSayNothingOfAHealthyClient() {
        counters.count(CaptureResult.ACCEPTED, 0);
        counters.count(CaptureResult.DISABLED, 0);
        // A closed client has no pipeline that could report.
        counters.count(CaptureResult.CLOSED, 0);

        assertThat(said(0)).isEmpty();
    }
}
