package dev.penstock.cli.spool;

import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.ClientStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result of a drain for people. */
final class DrainReport {

    private DrainReport() {}

    static String of(DrainResult result, Screen screen) {
        ClientStats stats = result.stats();
        List<String> lines = new ArrayList<>();
        lines.add("Events");
        lines.add(row("recovered", result.recovered()));
        lines.add(row("delivered", stats.delivered()));
        lines.add(row("refused", stats.refused()));
        lines.add(row("expired", stats.expired()));
        lines.add(row("discarded", stats.discarded()));
        lines.add(row("remaining", result.remaining()));
        lines.add("");
        DrainNotes.of(result).forEach(note -> lines.add("Note: " + note));
        lines.add(verdict(result, screen));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String row(String name, long value) {
        return String.format(Locale.ROOT, "  %-9s %11s", name, Numbers.count(value));
    }

    private static String verdict(DrainResult result, Screen screen) {
        long delivered = result.stats().delivered();
        if (result.complete() && result.recovered() == 0) {
            return screen.good("OK") + "  there is nothing to send";
        }
        if (result.complete()) {
            return screen.good("OK") + "  " + Numbers.count(delivered) + " events delivered in "
                    + Numbers.time(result.elapsedNs()) + ", "
                    + Numbers.count(Numbers.perSecond(delivered, result.elapsedNs())) + "/s";
        }
        String why = result.trouble().isEmpty() ? "" : " (" + result.trouble() + ")";
        String rest = result.remaining() == 0
                ? "; nothing is left"
                : ", " + Numbers.count(result.remaining())
                        + " are still in the spool; the same command goes on with them";
        return screen.bad("NOT COMPLETE") + why + "  " + Numbers.count(delivered) + " of "
                + Numbers.count(result.recovered()) + " events delivered" + rest;
    }
}
