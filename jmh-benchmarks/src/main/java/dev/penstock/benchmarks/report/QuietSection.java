package dev.penstock.benchmarks.report;

import dev.penstock.benchmarks.pipeline.WakeUp;
import java.nio.file.Path;

/** What a client costs at its start, and when nothing or next to nothing happens. */
final class QuietSection implements Section {
    private static final double MB = 1e-6;
    private static final double PERCENT = 100;

    @Override
    public void write(Page page, JdkResults results, Path plots) {
        if (!results.of("start", "create ms").isMeasured()) {
            return;
        }
        page.heading(3, "A start, and a client with nothing to do");
        page.paragraph(
                "A client as shipped, each start in a JVM that has loaded nothing of the library before, from a jar with many"
                        + " others in it, without a class archive.",
                "A lone event is timed from before its capture until a socket has the first byte of its request; the linger of"
                        + " 20 ms is taken off. Below zero it left earlier,",
                "because the wait is counted from when the pipeline last looked.");
        page.table("", "");
        page.row("`create()`, ms", results.of("start", "create ms").text("%.0f"));
        page.row(
                "first capture accepted after it began, ms",
                results.of("start", "first capture ms").text("%.0f"));
        Spread held = results.of("held", "held bytes");
        if (held.isMeasured()) {
            page.row(
                    "objects of a client three seconds later, MB; G1 rounds the ring up to whole regions",
                    held.times(MB).text("%.2f"));
        }
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
                            .plus((double) -WakeUp.LINGER.toNanos())
                            .times(MB)
                            .text("%.1f"));
        }
        page.endTable();
    }
}
