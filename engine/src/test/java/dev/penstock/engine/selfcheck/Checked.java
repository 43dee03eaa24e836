package dev.penstock.engine.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.SelfCheckStatus;
import dev.penstock.client.SelfCheckStep;
import dev.penstock.engine.testing.ClientFixture;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A report with what always holds looked at: all steps are there, trouble has a remedy, and no secret is told. */
record Checked(SelfCheckReport report) {

    static final String HEADER = "X-Gate";
    static final String HEADER_VALUE = "swordfish-of-the-gate";

    private static final List<String> STEPS = List.of("client", "dns", "tcp", "proxy", "tls", "key", "body", "clock");

    static Checked of(ClientFixture fixture) {
        return of(fixture, Duration.ofSeconds(20));
    }

    static Checked of(ClientFixture fixture, Duration timeout) {
        return of(fixture.client().selfCheck(timeout), "phc_test");
    }

    static Checked of(SelfCheckReport report, String key) {
        assertThat(report.steps()).extracting(SelfCheckStep::name).containsExactlyElementsOf(STEPS);
        assertThat(report.text()).doesNotContain(key).doesNotContain(HEADER_VALUE);
        for (SelfCheckStep step : report.steps()) {
            boolean trouble = step.status() == SelfCheckStatus.FAILED || step.status() == SelfCheckStatus.WARNING;
            assertThat(!step.remedy().isEmpty()).as(report::text).isEqualTo(trouble);
            assertThat(step.finding()).endsWith(".");
        }
        return new Checked(report);
    }

    SelfCheckStep step(String name) {
        return report.steps().get(STEPS.indexOf(name));
    }

    /** Fails unless a step ended so and says all of this. */
    Checked has(String name, SelfCheckStatus status, String... parts) {
        assertThat(step(name).status()).as(report::text).isEqualTo(status);
        for (String part : parts) {
            assertThat(step(name).finding()).contains(part);
        }
        return this;
    }

    /** How the steps ended, as a word. */
    String statuses() {
        return report.steps().stream()
                .map(step -> step.status().name().substring(0, 1))
                .collect(Collectors.joining());
    }
}
