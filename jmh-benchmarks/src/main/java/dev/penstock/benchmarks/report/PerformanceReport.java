package dev.penstock.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.benchmarks.peers.Contender;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Writes {@code performance.md} and its plots from what {@code run-performance.sh} has measured.
 * <p>
 * <pre>
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.report.PerformanceReport RESULTS DOCS
 * </pre>
 */
public final class PerformanceReport {
    private static final String PAGE = "performance.md";
    private static final String PLOTS = "performance";
    private static final List<Section> SECTIONS = List.of(
            new StolenSection(),
            new CallSection(),
            new PacedSection(),
            new DeliverySection(),
            new FlagSection(),
            new QuietSection(),
            new LimitSection());

    private final Properties run = new Properties();
    private final Properties versions = new Properties();
    private final Page page = new Page();

    private PerformanceReport() {}

    /**
     * Writes the page.
     *
     * @param args the folder of the results and the folder of the page
     */
    public static void main(String[] args) throws IOException {
        new PerformanceReport().write(Path.of(args[0]), Path.of(args[1]));
    }

    private void write(Path results, Path docs) throws IOException {
        try (Reader reader = Files.newBufferedReader(results.resolve("run.properties"), UTF_8)) {
            run.load(reader);
        }
        try (InputStream stream = PerformanceReport.class.getResourceAsStream("versions.properties")) {
            versions.load(stream);
        }
        Path plots = Files.createDirectories(docs.resolve(PLOTS));
        List<JdkResults> jdks = new ArrayList<>();
        try (Stream<Path> folders = Files.list(results)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                jdks.add(new JdkResults(folder));
            }
        }
        head(jdks);
        howToRead();
        setUps();
        for (JdkResults jdk : jdks) {
            page.heading(2, jdk.version().get(1));
            for (Section section : SECTIONS) {
                section.write(page, jdk, plots);
            }
        }
        Files.writeString(docs.resolve(PAGE), page.toString(), UTF_8);
    }

    private void head(List<JdkResults> jdks) throws IOException {
        page.heading(1, "Performance");
        page.paragraph(
                "Written by `" + run.getProperty("command") + "`. Every number on this page comes from that one run.");
        page.table("", "");
        page.row("commit", run.getProperty("commit"));
        page.row("date", run.getProperty("date"));
        page.row(
                "machine",
                run.getProperty("cpu") + ", " + run.getProperty("cores") + " cores, " + run.getProperty("system"));
        for (JdkResults jdk : jdks) {
            page.row("JDK", String.join("; ", jdk.version()));
        }
        page.row("runs", run.getProperty("runs") + " of each process, " + run.getProperty("mode"));
        page.endTable();
    }

    private void howToRead() {
        page.heading(2, "How to read");
        page.paragraph(
                " - A cell is the median of the runs, and in parentheses the smallest and the largest. Take ratios within a"
                        + " table: nanoseconds belong to a machine and an hour.",
                " - Every measured process is a JVM of its own, and what it delivers to a third process is inflated, read through"
                        + " and counted there. What was sent and",
                "   not counted is lost. If this library loses an event the run fails; what others lose stands in the table.",
                " - The event is an ad impression with 8 properties. This library adds its own, the system's among them, so its"
                        + " JSON of an event is longer than others'.",
                " - With fewer cores than producers, a library's threads and the sink, everything beyond p99.9 is also the"
                        + " scheduler's work.");
    }

    private void setUps() {
        page.heading(2, "How each library is set up");
        page.paragraph("As its documentation says for much traffic; what could not be set, or had to be, stands here.");
        page.table("name", "set up");
        for (Contender contender : Contender.values()) {
            page.row(contender.title(), contender.setUp());
        }
        page.endTable();
        page.paragraph("Versions: "
                + String.join(
                        ", ",
                        versions.stringPropertyNames().stream()
                                .sorted()
                                .map(name -> name + " " + versions.getProperty(name))
                                .toList())
                + ".");
        page.heading(3, "What becomes of events when there are too many");
        page.paragraph(
                "Nothing here measures that: a window of undelivered events keeps every library from it.",
                "",
                " - Penstock answers `RING_FULL`, counts it, and drops nothing that it accepted.",
                " - posthog-server drops the oldest event of its queue, but accepts calls into an executor without bound before it.",
                " - posthog-java keeps everything in a list without bound.",
                " - segment analytics lets the caller wait, with the bounds set here.",
                " - launchdarkly drops the event that finds its queue full; the caller is not told.",
                " - log4j2 lets the caller wait.");
    }
}
