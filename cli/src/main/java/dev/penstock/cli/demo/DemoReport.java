package dev.penstock.cli.demo;

import dev.penstock.cli.common.Bar;
import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.ClientStats;
import dev.penstock.collector.CollectorStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The result of a demo for people: the account, the verdict, and where capture times lie. */
final class DemoReport {
    private static final int BAR = 40;
    private static final long[] EDGES_NS = {
        0,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        20_000,
        50_000,
        100_000,
        1_000_000,
        10_000_000,
        Long.MAX_VALUE
    };

    private DemoReport() {}

    static String of(DemoResult result, boolean spools, Screen screen) {
        List<String> lines = new ArrayList<>();
        account(result, spools, lines);
        lines.add("");
        times(result.captureNs(), lines);
        lines.add("");
        lines.add(verdict(result, screen));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining(System.lineSeparator()));
    }

    private static void account(DemoResult result, boolean spools, List<String> lines) {
        ClientStats client = result.client();
        CollectorStats collector = result.collector();
        lines.add("");
        lines.add("The account                      The collector");
        lines.add(row("accepted", client.accepted()) + row("received", collector.events()));
        lines.add(row("delivered", client.delivered()) + row("distinct", collector.distinct()));
        lines.add(row("refused", client.refused()) + row("duplicates", collector.duplicates()));
        lines.add(row("expired", client.expired()) + row("requests", collector.requests()));
        lines.add(row("discarded", client.discarded()) + text("plain", Numbers.bytes(collector.bytesPlain())));
        lines.add(row("pending", client.pending().total()) + text("on the wire", Numbers.bytes(collector.bytesWire())));
        if (spools) {
            lines.add(row("in spool", client.pending().inSpool()));
            lines.add(row("recovered", client.recovered()));
            lines.add(row("written", client.spool().storedEvents()));
        }
        lines.add("");
        lines.add(Numbers.count(result.eventsPerSecond()) + " events/s from first capture to last delivery, in "
                + Numbers.time(result.elapsedNs()) + "; the ring was full " + Numbers.count(result.refusals())
                + " times and the event tried again");
    }

    private static String row(String name, long value) {
        return text(name, Numbers.count(value));
    }

    private static String text(String name, String value) {
        return String.format(Locale.ROOT, "  %-11s %13s      ", name, value);
    }

    private static void times(Histogram times, List<String> lines) {
        lines.add("Time of a capture (every call, clock included)");
        lines.add("  p50 " + Numbers.time(times.getValueAtPercentile(50)) + "   p99 "
                + Numbers.time(times.getValueAtPercentile(99)) + "   p99.9 "
                + Numbers.time(times.getValueAtPercentile(99.9)) + "   p99.99 "
                + Numbers.time(times.getValueAtPercentile(99.99)) + "   max " + Numbers.time(times.getMaxValue()));
        long[] counts = new long[EDGES_NS.length - 1];
        long most = 0;
        int first = counts.length;
        int last = -1;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = countBetween(times, EDGES_NS[i], EDGES_NS[i + 1]);
            most = Math.max(most, counts[i]);
            if (counts[i] > 0) {
                first = Math.min(first, i);
                last = i;
            }
        }
        for (int i = first; i <= last; i++) {
            lines.add(String.format(
                            Locale.ROOT,
                            "  %-16s %,13d  %6s  %s",
                            range(i),
                            counts[i],
                            Numbers.percent(counts[i], times.getTotalCount()),
                            Bar.of(counts[i], most, BAR))
                    .stripTrailing());
        }
    }

    /** Whole nanoseconds from an edge up to, and without, the next; a bucket of the histogram counts where it begins. */
    private static long countBetween(Histogram times, long low, long high) {
        long count = 0;
        for (var bucket : times.recordedValues()) {
            long value = times.lowestEquivalentValue(bucket.getValueIteratedTo());
            if (value >= low && value < high) {
                count += bucket.getCountAtValueIteratedTo();
            }
        }
        return count;
    }

    private static String range(int bucket) {
        if (EDGES_NS[bucket + 1] == Long.MAX_VALUE) {
            return "over " + edge(EDGES_NS[bucket]);
        }
        return String.format(Locale.ROOT, "%6s - %6s", edge(EDGES_NS[bucket]), edge(EDGES_NS[bucket + 1]));
    }

    private static String edge(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        return nanos < 1_000_000 ? nanos / 1_000 + " us" : nanos / 1_000_000 + " ms";
    }

    private static String verdict(DemoResult result, Screen screen) {
        if (result.nothingLost()) {
            String owed = result.client().recovered() == 0 ? "accepted" : "accepted + recovered";
            return screen.good("OK") + "  " + owed + " = delivered = held by the collector: "
                    + Numbers.count(result.owed()) + " events, no duplicate, nothing lost";
        }
        String what = result.trouble();
        if (what.isEmpty()) {
            what = result.balances()
                    ? "accepted, delivered and received differ"
                    : "the account does not balance; producers were told " + Numbers.count(result.toldAccepted())
                            + " times that an event was accepted";
        }
        return screen.bad("NOT OK") + "  " + what + ": " + result.client().summary();
    }
}
