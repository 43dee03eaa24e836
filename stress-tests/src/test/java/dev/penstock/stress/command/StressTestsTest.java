package dev.penstock.stress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StressTestsTest {
    private final StringWriter out = new StringWriter();

    @Test
    void shouldRunOneScenarioAndPrintTheTable() {
        assertThat(run("scenarios", "--scenario", "busy", "--seed", "3", "--duration", "300ms"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString())
                .contains("seed 3")
                .contains("--scenario busy --seed 3 --duration 300ms")
                .contains("| scenarios | busy | 3 | 1 |");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThat(run("scenarios", "--scenario", "nonsense")).isEqualTo(2);
        assertThat(run("disk", "--duration", "soon")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    private int run(String... args) {
        return StressTests.run(new PrintWriter(out, true), args);
    }
}
