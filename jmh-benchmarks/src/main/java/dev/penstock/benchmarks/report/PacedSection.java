package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.peers.Contender;
import dev.penstock.benchmarks.support.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How long the call takes at a given pace. */
final class PacedSection implements Section {
    private static final String RUN = "paced";
    private static final List<Integer> RATES = List.of(20_000, 50_000);

    @Override
    public void write(Page page, JdkResults results, Path plots) throws IOException {
        page.heading(3, "The call, at a given pace");
        page.paragraph(
                "One producer spins to each due time. Service is the time of the call, response the time from when it was due, so"
                        + " that waiting behind a slow call counts",
                "(both include a reading of the clock). Undelivered is what the library had not delivered when the last call"
                        + " returned. Refused is what the caller was told was not taken, without and with the cold start at this"
                        + " rate; lost is what nobody was told. Nanoseconds; the ratio is to the builder's p99.");
        for (int rate : RATES) {
            if (!results.of(RUN, Contender.DRAW, rate + " service mean").isMeasured()) {
                continue;
            }
            table(page, results, rate);
            Betters betters = new Betters(results, RUN, Contender.PENSTOCK_BUILDER);
            for (Contender contender : CallSection.CALLED) {
                for (String figure : new String[] {"p50.0", "p99.0", "p99.9", "p99.99"}) {
                    betters.less(contender, rate + " service " + figure, "service " + figure + ", ns")
                            .less(contender, rate + " response " + figure, "response " + figure + ", ns");
                }
            }
            betters.write(page);
            PercentilePlot plot = new PercentilePlot(
                    String.format(Locale.ROOT, "%,d events a second: time from when the call was due", rate));
            for (Contender contender : CallSection.CALLED) {
                for (double percentile : Figures.PERCENTILES) {
                    plot.add(contender, percentile, results.of(RUN, contender, rate + " response p" + percentile));
                }
            }
            String file = results.name() + "-paced-" + rate + ".svg";
            plot.write(plots.resolve(file));
            page.plot("response time by percentile", plots.getFileName() + "/" + file);
        }
    }

    private static void table(Page page, JdkResults results, int rate) {
        String service = rate + " service ";
        String response = rate + " response ";
        page.table(
                String.format(Locale.ROOT, "%,d/s", rate),
                "service p50",
                "service p99",
                "ratio",
                "service p99.9",
                "service p99.99",
                "response p50",
                "response p99",
                "response p99.9",
                "response p99.99",
                "response max",
                "undelivered",
                "refused",
                "refused, with the warm-up",
                "lost in all");
        Spread ours = results.of(RUN, Contender.PENSTOCK_BUILDER, service + "p99.0");
        for (Contender contender : CallSection.CALLED) {
            Spread p99 = results.of(RUN, contender, service + "p99.0");
            if (!p99.isMeasured()) {
                continue;
            }
            page.row(
                    contender.title(),
                    results.of(RUN, contender, service + "p50.0").text("%,.0f"),
                    p99.text("%,.0f"),
                    p99.ratio(ours),
                    results.of(RUN, contender, service + "p99.9").text("%,.0f"),
                    results.of(RUN, contender, service + "p99.99").text("%,.0f"),
                    results.of(RUN, contender, response + "p50.0").text("%,.0f"),
                    results.of(RUN, contender, response + "p99.0").text("%,.0f"),
                    results.of(RUN, contender, response + "p99.9").text("%,.0f"),
                    results.of(RUN, contender, response + "p99.99").text("%,.0f"),
                    results.of(RUN, contender, response + "p100.0").text("%,.0f"),
                    results.of(RUN, contender, rate + " undelivered").text("%,.0f"),
                    results.of(RUN, contender, rate + " refused").text("%,.0f"),
                    results.of(RUN, contender, "refused").text("%,.0f"),
                    results.of(RUN, contender, "lost").text("%,.0f"));
        }
        page.endTable();
    }
}
