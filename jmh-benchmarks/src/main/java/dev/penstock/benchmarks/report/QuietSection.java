package dev.penstock.benchmarks.report;

import java.nio.file.Path;

/** What a client costs at its start, and when nothing or next to nothing happens. */
final class QuietSection implements Section {
    private static final double MB = 1e-6;
    private static final double PERCENT = 100;

    /** Of the measured client, in the unit of the figures. */
    private static final double LINGER_NS = 20e6;

    @Override
    public void write(Page page, JdkResults results, Path plots) {
        if (!results.of("start", "create ms").isMeasured()) {
            return;
        }
        page.heading(3, "A start, and a client with nothing to do");
        page.paragraph(
                "A client as shipped, each start in a JVM that has loaded nothing of the library before, from a jar with many others in"
                        + " it, without a class archive. The heap is what a collection",
                "frees once the client is discarded, with the serial collector; G1 rounds the ring up to whole regions. A lone event is timed from before its capture until a socket has the first byte of its"
                        + " request, with a linger of 20 ms, which is taken off: below zero",
                "it left earlier, because the wait is counted from when the pipeline last looked.");
        page.table("", "");
        page.row("`create()`, ms", results.of("start", "create ms").text("%.0f"));
        page.row(
                "first capture accepted after it began, ms",
                results.of("start", "first capture ms").text("%.0f"));
        page.row(
                "heap of a client, MB",
                results.of("held", "heap bytes").times(MB).text("%.2f"));
        page.row(
                "its threads with nothing to do, % of a core",
                results.of("wake", "idle cpu share").times(PERCENT).text("%.1f"));
        page.row(
                "a thread that only parks as often, % of a core",
                results.of("wake", "parking cpu share").times(PERCENT).text("%.1f"));
        for (String percentile : new String[] {"50.0", "90.0", "99.0"}) {
            page.row(
                    "a lone event's first byte, beyond linger, p" + percentile.replace(".0", "") + ", ms",
                    results.of("wake", "first byte p" + percentile)
                            .plus(-LINGER_NS)
                            .times(MB)
                            .text("%.1f"));
        }
        page.endTable();
    }
}
