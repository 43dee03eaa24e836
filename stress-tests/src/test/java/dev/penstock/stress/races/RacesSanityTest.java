package dev.penstock.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.stress.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether every race runs and has no forbidden outcome in the least time there is; that takes about a minute. */
class RacesSanityTest {

    @Test
    void shouldRunEveryRace(@TempDir Path results) throws Exception {
        StringWriter told = new StringWriter();
        Report report = new Report(new PrintWriter(told));
        RacesRun.run("sanity", results, report);
        assertThat(report.table().violations()).as(told.toString()).isZero();
    }
}
