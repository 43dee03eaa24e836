package dev.penstock.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether every race runs and has no forbidden outcome in the least time there is; that takes about a minute. */
class RacesSanityTest {

    @Test
    void shouldRunEveryRace(@TempDir Path results) throws Exception {
        Process races = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-m",
                        "sanity",
                        "-r",
                        results.toString())
                .directory(results.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(races.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(races.waitFor()).as(told).isZero();
        assertThat(told).contains("0 failed, 0 soft errs, 0 hard errs").contains("Failed tests: No matches");
    }
}
