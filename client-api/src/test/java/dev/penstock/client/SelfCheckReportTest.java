package dev.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfCheckReportTest {

    private static SelfCheckStep step(String name, SelfCheckStatus status, String remedy) {
        return new SelfCheckStep(name, status, "Found " + name + ".", remedy);
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassUnlessAStepFailed(SelfCheckStatus status) {
        SelfCheckReport report =
                new SelfCheckReport(List.of(step("dns", SelfCheckStatus.PASSED, ""), step("tcp", status, "")));

        assertThat(report.passed()).isEqualTo(status != SelfCheckStatus.FAILED);
    }

    @Test
    void shouldShowALineForEachStepAndOneForWhatToDo() {
        SelfCheckReport report = new SelfCheckReport(List.of(
                step("dns", SelfCheckStatus.PASSED, ""),
                step("tcp", SelfCheckStatus.FAILED, "Mend it."),
                step("tls", SelfCheckStatus.SKIPPED, "")));

        assertThat(report.text()).isEqualTo("""
                        PASSED  dns     Found dns.
                        FAILED  tcp     Found tcp.
                                        -> Mend it.
                        SKIPPED tls     Found tls.""");
    }

    @Test
    void shouldKeepItsSteps() {
        List<SelfCheckStep> steps = new ArrayList<>(List.of(step("dns", SelfCheckStatus.PASSED, "")));
        SelfCheckReport report = new SelfCheckReport(steps);
        steps.clear();

        assertThat(report.steps()).hasSize(1);
    }

    @Test
    void shouldHaveNothingMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> new SelfCheckStep("dns", SelfCheckStatus.PASSED, null, ""))
                .withMessage("finding");
        assertThatNullPointerException()
                .isThrownBy(() -> new SelfCheckStep("dns", SelfCheckStatus.PASSED, "Found.", null))
                .withMessage("remedy");
    }
}
