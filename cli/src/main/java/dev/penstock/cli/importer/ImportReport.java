package dev.penstock.cli.importer;

import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.SpoolRest;
import dev.penstock.client.ClientStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result of an import for people. */
final class ImportReport {

    private ImportReport() {}

    static String of(ImportResult result, SpoolRest rest, Screen screen) {
        ClientStats stats = result.stats();
        ImportTally tally = result.tally();
        List<String> lines = new ArrayList<>();
        lines.add("Lines                     Events");
        lines.add(row("read", tally.lines()) + row("accepted", stats.accepted()));
        lines.add(row("good", tally.goodLines()) + row("delivered", stats.delivered()));
        lines.add(row("bad", tally.badLines()) + row("refused", stats.refused()));
        lines.add(row("", -1) + row("expired", stats.expired()));
        lines.add(row("", -1) + row("discarded", stats.discarded()));
        if (rest.isKept()) {
            lines.add(row("", -1) + row("recovered", stats.recovered()));
            lines.add(row("", -1) + row("in spool", stats.pending().inSpool()));
        }
        lines.add("");
        ImportNotes.of(result, rest).forEach(note -> lines.add("Note: " + note));
        lines.add(verdict(result, screen));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String row(String name, long value) {
        return String.format(Locale.ROOT, "  %-9s %11s    ", name, value < 0 ? "" : Numbers.count(value));
    }

    private static String verdict(ImportResult result, Screen screen) {
        ClientStats stats = result.stats();
        if (result.complete()) {
            return screen.good("OK") + "  " + Numbers.count(stats.delivered()) + " events delivered in "
                    + Numbers.time(result.elapsedNs()) + ", "
                    + Numbers.count(Numbers.perSecond(stats.delivered(), result.elapsedNs())) + "/s"
                    + recovered(", ", stats, " of them recovered from the spool");
        }
        String why = result.trouble().isEmpty() ? "" : " (" + result.trouble() + ")";
        return screen.bad("NOT COMPLETE") + why + "  " + Numbers.count(stats.delivered()) + " of "
                + Numbers.count(result.tally().goodLines())
                + " good events delivered" + recovered(" (and of ", stats, " recovered from the spool)")
                + inSpool(stats)
                + "; the same import can be run again, ids stay the same";
    }

    private static String recovered(String before, ClientStats stats, String after) {
        return stats.recovered() == 0 ? "" : before + Numbers.count(stats.recovered()) + after;
    }

    private static String inSpool(ClientStats stats) {
        return stats.pending().inSpool() == 0
                ? ""
                : ", " + Numbers.count(stats.pending().inSpool()) + " are in the spool";
    }
}
