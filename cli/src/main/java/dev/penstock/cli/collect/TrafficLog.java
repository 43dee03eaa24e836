package dev.penstock.cli.collect;

import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.collector.Collector;
import dev.penstock.collector.CollectorStats;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Tells what a collector received: a line for each second with traffic, and the totals at the end. */
final class TrafficLog {
    private final Collector collector;
    private final Screen screen;
    private CollectorStats last;
    private int reasonsTold;
    private int flagReasonsTold;
    private int logReasonsTold;
    private int fileProblemsTold;

    TrafficLog(Collector collector, Screen screen) {
        this.collector = collector;
        this.screen = screen;
        this.last = collector.stats();
    }

    void tick() {
        CollectorStats now = collector.stats();
        if (now.requests() != last.requests() || now.logRecords() != last.logRecords()) {
            screen.line(String.format(
                    Locale.ROOT,
                    "%s  %,9d events  %,6d requests  %10s plain  %10s on the wire  total %,d%s",
                    LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS),
                    now.events() - last.events(),
                    now.requests() - last.requests(),
                    Numbers.bytes(now.bytesPlain() - last.bytesPlain()),
                    Numbers.bytes(now.bytesWire() - last.bytesWire()),
                    now.events(),
                    logs(now.logRecords() - last.logRecords())));
        }
        reasonsTold = tell("invalid request: ", collector.invalidReasons(), reasonsTold);
        flagReasonsTold = tell("invalid flag request: ", collector.flags().invalidReasons(), flagReasonsTold);
        logReasonsTold = tell("invalid log request: ", collector.logs().invalidReasons(), logReasonsTold);
        fileProblemsTold = tell("", collector.flags().fileProblems(), fileProblemsTold);
        last = now;
    }

    /** Closes the collector and tells the totals. */
    void finish() {
        collector.close();
        tick();
        CollectorStats total = collector.stats();
        screen.line("total: " + Numbers.count(total.events()) + " events, " + Numbers.count(total.distinct())
                + " distinct, " + Numbers.count(total.duplicates()) + " duplicates, "
                + Numbers.count(total.requests()) + " requests, " + Numbers.count(total.invalid()) + " invalid, "
                + Numbers.bytes(total.bytesPlain()) + " plain, " + Numbers.bytes(total.bytesWire())
                + " on the wire");
        long elsewhere = total.analyticsEvents() + total.aiEvents() + total.segmentEvents();
        if (elsewhere > 0) {
            long batchEvents = total.events() - elsewhere;
            screen.line("of which " + Numbers.count(batchEvents) + " events by the batch route, "
                    + Numbers.count(total.analyticsEvents()) + " by the analytics route, "
                    + Numbers.count(total.aiEvents()) + " by the AI route, "
                    + Numbers.count(total.segmentEvents()) + " by the Segment route");
        }
        long logRequests = collector.logs().requestCount();
        if (logRequests > 0) {
            screen.line("and " + Numbers.count(total.logRecords()) + " log records in " + Numbers.count(logRequests)
                    + " requests");
        }
        int flagRequests = collector.flags().requestCount();
        if (flagRequests > 0) {
            screen.line("and " + Numbers.count(flagRequests) + " flag requests");
        }
    }

    private static String logs(long records) {
        return records == 0 ? "" : String.format(Locale.ROOT, "  and %,d log records", records);
    }

    /** Complains of what is new in a list that grows; returns how much of it has been told. */
    private int tell(String what, List<String> reasons, int told) {
        for (String reason : reasons.subList(told, reasons.size())) {
            screen.complain(what + reason);
        }
        return reasons.size();
    }
}
