package dev.penstock.benchmarks.report;

import static dev.penstock.benchmarks.peers.Contender.DRAW;
import static dev.penstock.benchmarks.peers.Contender.LAUNCHDARKLY;
import static dev.penstock.benchmarks.peers.Contender.LOG4J;
import static dev.penstock.benchmarks.peers.Contender.MAP;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_BUILDER;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_MAP;
import static dev.penstock.benchmarks.peers.Contender.PENSTOCK_TRANSLATOR;
import static dev.penstock.benchmarks.peers.Contender.POSTHOG_JAVA;
import static dev.penstock.benchmarks.peers.Contender.POSTHOG_SERVER;
import static dev.penstock.benchmarks.peers.Contender.SEGMENT;

import dev.penstock.benchmarks.peers.Contender;
import dev.penstock.benchmarks.support.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the call costs at full speed. */
final class CallSection implements Section {
    /** Who is called, in the order of the tables. */
    static final List<Contender> CALLED = List.of(
            PENSTOCK_BUILDER,
            PENSTOCK_TRANSLATOR,
            PENSTOCK_MAP,
            POSTHOG_SERVER,
            POSTHOG_JAVA,
            SEGMENT,
            LAUNCHDARKLY,
            LOG4J,
            MAP,
            DRAW);

    private static final String RUN = "calls";

    @Override
    public void write(Page page, JdkResults results, Path plots) throws IOException {
        page.heading(3, "The call, at full speed");
        page.paragraph(
                "Producers hand over events as fast as 8,192 undelivered ones allow, while they are delivered; nanoseconds of"
                        + " each call, two readings of the clock",
                "included (the last row is those alone). The ratio is to the builder's. Bytes: of the callers' threads, and of all"
                        + " threads until delivery.");
        for (int producers : new int[] {1, 2, 4}) {
            table(page, results, producers);
        }
        Betters betters = new Betters(results, RUN, PENSTOCK_BUILDER);
        for (int producers : new int[] {1, 2, 4}) {
            for (Contender contender : CALLED) {
                for (String figure : new String[] {"mean", "p50.0", "p99.0", "p99.9", "p99.99"}) {
                    betters.less(
                            contender,
                            producers + " call " + figure,
                            "producers at once: " + producers + ", " + figure + ", ns");
                }
            }
        }
        betters.write(page);
        PercentilePlot plot = new PercentilePlot("One producer at full speed: time of a call");
        for (Contender contender : CALLED) {
            for (double percentile : Figures.PERCENTILES) {
                plot.add(contender, percentile, results.of(RUN, contender, "1 call p" + percentile));
            }
        }
        String file = results.name() + "-calls.svg";
        plot.write(plots.resolve(file));
        page.plot("time of a call by percentile", plots.getFileName() + "/" + file);
    }

    private static void table(Page page, JdkResults results, int producers) {
        String prefix = producers + " call ";
        Spread ours = results.of(RUN, PENSTOCK_BUILDER, prefix + "mean");
        if (!ours.isMeasured()) {
            return;
        }
        page.table(
                producers + (producers == 1 ? " producer" : " producers"),
                "mean, ns",
                "ratio",
                "p50",
                "p99",
                "p99.9",
                "p99.99",
                "max",
                "caller, B",
                "all threads, B");
        for (Contender contender : CALLED) {
            Spread mean = results.of(RUN, contender, prefix + "mean");
            if (!mean.isMeasured()) {
                continue;
            }
            page.row(
                    contender.title(),
                    mean.text("%,.0f"),
                    mean.ratio(ours),
                    results.of(RUN, contender, prefix + "p50.0").text("%,.0f"),
                    results.of(RUN, contender, prefix + "p99.0").text("%,.0f"),
                    results.of(RUN, contender, prefix + "p99.9").text("%,.0f"),
                    results.of(RUN, contender, prefix + "p99.99").text("%,.0f"),
                    results.of(RUN, contender, prefix + "p100.0").text("%,.0f"),
                    results.of(RUN, contender, producers + " caller B/event").text("%,.0f"),
                    results.of(RUN, contender, producers + " process B/event").text("%,.0f"));
        }
        page.endTable();
    }
}
