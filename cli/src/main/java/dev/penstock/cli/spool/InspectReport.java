package dev.penstock.cli.spool;

import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.engine.spool.SegmentReport;
import dev.penstock.engine.spool.SpoolReport;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is in a spool, for people: its files, the totals, and what is not as it should be. */
final class InspectReport {

    private InspectReport() {}

    static String of(Path directory, SpoolReport report, Screen screen) {
        List<String> lines = new ArrayList<>();
        lines.add("Spool " + directory + (report.inUse() ? ", in use by a client; figures change as it works" : ""));
        if (!report.segments().isEmpty()) {
            lines.add("");
            lines.add(row("File", "Batches", "Events", "Bytes", "Oldest", "Newest", ""));
            report.segments().forEach(segment -> lines.add(segmentRow(segment)));
            lines.add(row(
                    "All",
                    Numbers.count(report.records()),
                    Numbers.count(report.events()),
                    Numbers.bytes(report.bytes()),
                    time(report.oldest()),
                    time(report.newest()),
                    ""));
        }
        lines.add("");
        trouble(report, lines);
        lines.add(verdict(report, screen));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String segmentRow(SegmentReport segment) {
        return row(
                segment.name(),
                Numbers.count(segment.records()),
                Numbers.count(segment.events()),
                Numbers.bytes(segment.bytes()),
                time(segment.oldest()),
                time(segment.newest()),
                condition(segment));
    }

    private static String condition(SegmentReport segment) {
        return segment.condition() == SegmentReport.Condition.GOOD
                ? ""
                : segment.condition().name().toLowerCase(Locale.ROOT);
    }

    private static String row(Object... columns) {
        return String.format(Locale.ROOT, "  %-24s %9s %12s %9s   %-20s   %-20s   %s", columns);
    }

    private static String time(Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void trouble(SpoolReport report, List<String> lines) {
        if (report.tornBytes() > 0) {
            lines.add("Note: " + Numbers.count(report.tornBytes())
                    + " bytes at the end of a file were not written completely;"
                    + " they are not counted, and cut off when a client opens the spool.");
        }
        if (report.damagedRecords() > 0) {
            lines.add("Note: " + Numbers.count(report.damagedRecords()) + " batches are damaged and cannot be sent.");
        }
        for (SegmentReport segment : report.segments()) {
            if (segment.condition() == SegmentReport.Condition.NEWER) {
                lines.add("Note: " + segment.name() + " is of a later version of Penstock; look at it with that one.");
            } else if (segment.condition() == SegmentReport.Condition.FOREIGN) {
                lines.add("Note: " + segment.name() + " has a segment's name and is none.");
            }
        }
        if (!report.setAside().isEmpty()) {
            lines.add("Note: " + Numbers.count(report.setAside().size())
                    + " files that were damaged, or not the spool's, are in its folder set-aside.");
        }
        for (String foreign : report.foreign()) {
            lines.add("Note: " + foreign + " is not a file of the spool and is left alone.");
        }
    }

    private static String verdict(SpoolReport report, Screen screen) {
        SpoolContents contents = SpoolContents.of(report.eventsByProtocol());
        if (contents.total() == 0) {
            return screen.good("EMPTY") + "  nothing waits to be sent";
        }
        return Numbers.count(contents.total()) + " events wait to be sent: " + contents.text();
    }
}
