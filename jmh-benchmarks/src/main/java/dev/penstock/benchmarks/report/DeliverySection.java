package dev.penstock.benchmarks.report;

import static dev.penstock.benchmarks.peers.Contender.LAUNCHDARKLY;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_BUILDER;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_LARGE;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_PLAIN;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_PLAIN_LARGE;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_ZLIB;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_ZLIB_LARGE;
import static dev.penstock.benchmarks.peers.Contender.POSTHOG_JAVA;
import static dev.penstock.benchmarks.peers.Contender.POSTHOG_SERVER;
import static dev.penstock.benchmarks.peers.Contender.POSTHOG_SERVER_SMALL;
import static dev.penstock.benchmarks.peers.Contender.SEGMENT;
import static dev.penstock.benchmarks.peers.Contender.SEGMENT_GZIP;

import dev.penstock.benchmarks.peers.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What delivering costs. */
final class DeliverySection implements Section {
    static final String RUN = "delivery";

    private static final List<Contender> COMPRESSED = List.of(
            PENSTOCK_BUILDER,
            PENSTOCK_LARGE,
            PENSTOCK_ZLIB,
            PENSTOCK_ZLIB_LARGE,
            POSTHOG_SERVER,
            POSTHOG_SERVER_SMALL,
            SEGMENT_GZIP,
            LAUNCHDARKLY);
    private static final List<Contender> PLAIN = List.of(PENSTOCK_PLAIN, PENSTOCK_PLAIN_LARGE, POSTHOG_JAVA, SEGMENT);

    @Override
    public void write(Page page, JdkResults results, Path plots) throws IOException {
        page.heading(3, "Delivered end to end");
        page.paragraph(
                "One producer at full speed, with 25,000 events undelivered at most, whatever the library. CPU and heap are the"
                        + " client's process with its producer, and with the JVM's compilers, which are still at work when the"
                        + " measurement begins: what they take",
                "is no cost of an event. The sink's CPU is beside because it works on the same cores. Each library sends its own JSON: how long an event is in it stands"
                        + " in the table. Ratios are to the first row.");
        table(page, results, "compressed", COMPRESSED);
        table(page, results, "not compressed", PLAIN);
        bars(page, results, plots, "throughput", "Events delivered a second", "events/s", "%,.0f");
        bars(page, results, plots, "cpu", "CPU of the client, seconds for a million events", "cpu us/event", "%,.1f");
        bars(page, results, plots, "wire", "Bytes of an event on the wire", "wire B/event", "%,.0f");
    }

    private static void table(Page page, JdkResults results, String head, List<Contender> contenders) {
        page.table(
                head,
                "events/s",
                "ratio",
                "CPU, s/million",
                "ratio",
                "of it compilers",
                "heap, B/event",
                "wire, B/event",
                "JSON, B/event",
                "events a body",
                "sink's CPU, s/million",
                "lost");
        Contender first = contenders.stream()
                .filter(contender -> results.of(RUN, contender, "events/s").isMeasured())
                .findFirst()
                .orElse(contenders.get(0));
        for (Contender contender : contenders) {
            Spread rate = results.of(RUN, contender, "events/s");
            if (!rate.isMeasured()) {
                continue;
            }
            Spread cpu = results.of(RUN, contender, "cpu us/event");
            page.row(
                    contender.title(),
                    rate.text("%,.0f"),
                    rate.ratio(results.of(RUN, first, "events/s")),
                    cpu.text("%.2f"),
                    cpu.ratio(results.of(RUN, first, "cpu us/event")),
                    results.of(RUN, contender, "compilers cpu us/event").text("%.2f"),
                    results.of(RUN, contender, "heap B/event").text("%,.0f"),
                    results.of(RUN, contender, "wire B/event").text("%.1f"),
                    results.of(RUN, contender, "json B/event").text("%.0f"),
                    results.of(RUN, contender, "events/body").text("%,.0f"),
                    results.of(RUN, contender, "sink cpu us/event").text("%.2f"),
                    results.of(RUN, contender, "lost").text("%,.0f"));
        }
        page.endTable();
        Betters betters = new Betters(results, RUN, first);
        for (Contender contender : contenders) {
            betters.more(contender, "events/s", "events/s")
                    .less(contender, "cpu us/event", "CPU, s/million")
                    .less(contender, "heap B/event", "heap, B/event")
                    .less(contender, "wire B/event", "wire, B/event");
        }
        betters.write(page);
    }

    private static void bars(
            Page page, JdkResults results, Path plots, String name, String title, String figure, String format)
            throws IOException {
        BarPlot plot = new BarPlot(title, format);
        COMPRESSED.forEach(contender -> plot.add(contender, results.of(RUN, contender, figure)));
        PLAIN.forEach(contender -> plot.add(contender, results.of(RUN, contender, figure)));
        String file = results.name() + "-" + name + ".svg";
        plot.write(plots.resolve(file));
        page.plot(title, plots.getFileName() + "/" + file);
    }
}
