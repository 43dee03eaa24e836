package dev.penstock.stress.races;

import dev.penstock.stress.account.Violations;
import dev.penstock.stress.report.Report;
import dev.penstock.stress.report.Row;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of jcstress in a process of its own, which it may end as it likes. */
public final class RacesRun {
    private static final Pattern RESULTS = Pattern.compile(
            "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs");

    private RacesRun() {}

    /**
     * Runs all races.
     *
     * @param mode of jcstress
     * @param results where its report is written
     * @param report told of the result
     * @throws IOException if the process cannot be started
     * @throws InterruptedException if interrupted
     */
    public static void run(String mode, Path results, Report report) throws IOException, InterruptedException {
        report.line("jcstress, mode " + mode);
        Process races = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-m",
                        mode,
                        "-r",
                        results.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(races.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = races.waitFor();
        Violations violations = new Violations();
        long runs = judge(told, status, violations);
        report.add(new Row(
                "jcstress",
                mode,
                0,
                runs,
                0,
                0,
                0,
                0,
                0,
                0,
                runs + " configurations",
                violations,
                "stress-tests/run-stress.sh jcstress --mode " + mode));
    }

    /** How many configurations were run; what is wrong with them goes to the violations. */
    private static long judge(String told, int status, Violations violations) {
        Matcher matcher = RESULTS.matcher(told);
        long planned = -1;
        long passed = 0;
        while (matcher.find()) {
            planned = Long.parseLong(matcher.group(1));
            passed = Long.parseLong(matcher.group(2));
        }
        boolean well = status == 0 && planned > 0 && planned == passed;
        String end = told.substring(Math.max(0, told.length() - 3_000));
        violations.check(well, "a race had a forbidden outcome, or could not be run", end);
        return passed;
    }
}
