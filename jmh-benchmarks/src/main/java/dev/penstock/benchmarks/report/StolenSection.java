package dev.penstock.benchmarks.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of the machine there was: what a host withholds while a process is measured is part of its figures. */
final class StolenSection implements Section {
    private static final double PERCENT = 100;
    private static final Map<String, String> RUNS = new LinkedHashMap<>();

    static {
        RUNS.put("calls", "the call, at full speed");
        RUNS.put("paced", "the call, at a given pace");
        RUNS.put("delivery", "delivered end to end");
        RUNS.put("flags", "flags");
        RUNS.put("flags-reused", "flags, into one result");
        RUNS.put("start", "starts");
        RUNS.put("wake", "a client with nothing to do");
        RUNS.put("capture", "limits: a capture alone on a thread");
        RUNS.put("ring", "limits: ring");
        RUNS.put("encode", "limits: encode");
        RUNS.put("compression", "limits: compression");
        RUNS.put("sha1", "limits: SHA-1");
        RUNS.put("post", "limits: requests");
    }

    @Override
    public void write(Page page, JdkResults results, Path plots) {
        if (RUNS.keySet().stream()
                .noneMatch(run -> results.ofAll(run, "stolen share").isMeasured())) {
            return;
        }
        page.heading(3, "How much of the machine there was");
        page.paragraph(
                "A virtual machine's cores are lent. Of the time they wanted to work, the host withheld this much, for other machines or"
                        + " by a limit: median, smallest and",
                "largest of all processes of a part, whoever was measured. The system counts it for the whole machine, from a process's start"
                        + " to its end. Zero does not mean that a core was fast.");
        page.table("measured", "withheld (steal), %");
        RUNS.forEach((run, title) -> {
            Spread stolen = results.ofAll(run, "stolen share");
            if (stolen.isMeasured()) {
                page.row(title, stolen.times(PERCENT).text("%.0f"));
            }
        });
        page.endTable();
    }
}
