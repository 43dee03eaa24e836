package dev.penstock.stress.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.stress.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kill or two of each kind; the loops are for the nightly run. */
class KillSmokeTest {
    private static final Duration SHORT = Duration.ofSeconds(3);

    @ParameterizedTest
    @ValueSource(strings = {"always-interval", "on-outage-down"})
    void shouldLoseNothingOutsideTheStatedWindow(String name) throws Exception {
        long seed =
                Long.getLong("penstock.test.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        StringWriter told = new StringWriter();
        Report report = new Report(new PrintWriter(told));
        KillResult result = KillSuite.runOnce(KillScenario.named(name).orElseThrow(), seed, SHORT, report);
        assertThat(result.violations().lines()).as(told.toString()).isEmpty();
        assertThat(result.kills()).isPositive();
        assertThat(result.findings().delivered()).as(told.toString()).isPositive();
    }
}
