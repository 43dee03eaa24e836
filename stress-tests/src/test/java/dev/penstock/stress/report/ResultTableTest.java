package dev.penstock.stress.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.stress.account.Violations;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void shouldAddUpRunsOfOneScenarioAndOfAll() {
        ResultTable table = new ResultTable();
        table.add(row("kill", "always", 1, 100, 0));
        table.add(row("kill", "always", 2, 50, 3));
        table.add(row("disk", "full", 2, 7, 0));
        assertThat(table.lines().subList(2, 5))
                .containsExactly(
                        "| kill | always | 1, 2 | 2 | 150 | 4 | 2 | 6 | 8 | 1.5 ms | 3 |",
                        "| disk | full | 2 | 1 | 7 | 2 | 1 | 3 | 4 | 1.5 ms | 0 |",
                        "| **all** |  |  | 3 | 157 | 6 | 3 | 9 | 12 | 1.5 ms | 3 |");
        assertThat(table.violations()).isEqualTo(3);
    }

    private static Row row(String family, String scenario, long seed, long events, int broken) {
        Violations violations = new Violations();
        for (int i = 0; i < broken; i++) {
            violations.add("a promise", "here");
        }
        return new Row(family, scenario, seed, 1, events, 2, 1, 3, 4, 1.5, "", violations, "again");
    }
}
