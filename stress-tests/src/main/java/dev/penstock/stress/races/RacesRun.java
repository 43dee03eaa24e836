package dev.penstock.stress.races;

import dev.penstock.stress.account.Violations;
import dev.penstock.stress.report.Report;
import dev.penstock.stress.report.Row;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One run of jcstress in a process of its own, which it may end as it likes. */
public final class RacesRun {
    private static final Pattern RESULTS = Pattern.compile(
            "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs");

    /** All actors compiled alike: a seventh of the processes, which is what takes the time of this mode. */
    private static final List<String> UNSPLIT = List.of("-sc", "false");

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
        List<String> options = new ArrayList<>(List.of("-m", mode));
        if (mode.equals("sanity")) {
            options.addAll(UNSPLIT);
        }
        Process races = start(options, results, ProcessBuilder.Redirect.PIPE);
        String told = new String(races.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        races.waitFor();
        Violations violations = new Violations();
        long runs = judge(told, violations);
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

    /**
     * Starts jcstress, in the directory of its results, as it leaves files where it runs.
     *
     * @param options of jcstress
     * @param results made if absent
     * @param output where what it says goes
     * @return the process
     * @throws IOException if it cannot be started
     */
    public static Process start(List<String> options, Path results, ProcessBuilder.Redirect output) throws IOException {
        Path directory = Files.createDirectories(results.toAbsolutePath());
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                classPath,
                "org.openjdk.jcstress.Main",
                "-r",
                directory.toString()));
        command.addAll(options);
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /** How many configurations were run; what is wrong with them goes to the violations. */
    static long judge(String told, Violations violations) {
        Matcher matcher = RESULTS.matcher(told);
        long planned = 0;
        long passed = 0;
        long forbidden = 0;
        while (matcher.find()) {
            planned = Long.parseLong(matcher.group(1));
            passed = Long.parseLong(matcher.group(2));
            forbidden = Long.parseLong(matcher.group(3)) + Long.parseLong(matcher.group(5));
        }
        String end = told.substring(Math.max(0, told.length() - 3_000));
        violations.check(forbidden == 0, "a race had a forbidden outcome, or ran out of time", end);
        violations.check(planned > 0 && passed == planned - forbidden, "a race could not be run", end);
        return passed;
    }
}
