package dev.penstock.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.stress.account.Violations;
import org.junit.jupiter.api.Test;

/** What is made of the last word of jcstress. */
class RacesRunTest {

    private static long violations(String told) {
        Violations violations = new Violations();
        RacesRun.judge(told, violations);
        return violations.total();
    }

    private static String results(int planned, int passed, int failed, int soft, int hard) {
        return "Results: " + planned + " planned; " + passed + " passed, " + failed + " failed, " + soft
                + " soft errs, " + hard + " hard errs\n";
    }

    @Test
    void shouldGoByTheLastResults() {
        Violations violations = new Violations();

        assertThat(RacesRun.judge(results(16, 3, 0, 0, 0) + results(16, 16, 0, 0, 0), violations))
                .isEqualTo(16);
        assertThat(violations.total()).isZero();
    }

    @Test
    void shouldNotTakeARaceThatCouldNotBeRunForOneThatPassed() {
        assertThat(violations(results(16, 14, 0, 2, 0))).isOne();
        assertThat(violations(results(16, 14, 0, 0, 0))).isOne();
    }

    @Test
    void shouldTolerateNoForbiddenOutcomeAndNoRunWithoutAWord() {
        assertThat(violations(results(16, 15, 1, 0, 0))).isOne();
        assertThat(violations(results(16, 15, 0, 0, 1))).isOne();
        assertThat(violations("Error: Could not find or load main class")).isOne();
    }
}
