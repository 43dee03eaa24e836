package dev.penstock.stress.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.stress.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second or two of the scenarios that mix most; the rest is for the nightly run. */
class ScenarioSmokeTest {
    private static final Duration SHORT = Duration.ofMillis(1_500);

    @ParameterizedTest
    @ValueSource(strings = {"refusals", "verdicts", "foul-v0", "foul-segment", "foul-hasty"})
    void shouldAccountForEveryEvent(String name) throws Exception {
        long seed =
                Long.getLong("penstock.test.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        StringWriter told = new StringWriter();
        Report report = new Report(new PrintWriter(told));
        ScenarioResult result = ScenarioSuite.run(Scenarios.named(name).orElseThrow(), seed, SHORT, report);
        assertThat(result.violations().lines()).as(told.toString()).isEmpty();
        assertThat(result.findings().accepted()).as(told.toString()).isPositive();
    }
}
