package dev.penstock.cli.importer;

import dev.penstock.cli.common.Bar;
import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.LineSource;
import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.ClientStats;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Shows how an import goes: a line a second, or a bar redrawn four times a second on a terminal. One thread's own. */
final class ImportProgress {
    private static final int BAR = 24;

    private final LineSource source;
    private final ImportTally tally;
    private final Screen screen;
    private final boolean shown;
    private final long periodNs;
    private final long start = System.nanoTime();
    private long last = start;
    private long delivered;

    ImportProgress(LineSource source, ImportTally tally, Screen screen, boolean shown) {
        this.source = source;
        this.tally = tally;
        this.screen = screen;
        this.shown = shown;
        this.periodNs = TimeUnit.MILLISECONDS.toNanos(screen.terminal() ? 250 : 1_000);
    }

    /** Shows progress if it is time; true if it was. */
    boolean tickIfDue(EventClient client) {
        if (System.nanoTime() - last < periodNs) {
            return false;
        }
        tick(client.stats());
        return true;
    }

    void tick(ClientStats stats) {
        long now = System.nanoTime();
        if (now - last < periodNs) {
            return;
        }
        if (shown) {
            screen.progress(text(stats, now));
        }
        last = now;
        delivered = stats.delivered();
    }

    private String text(ClientStats stats, long now) {
        StringBuilder text = new StringBuilder();
        long size = source.size();
        long read = source.bytesRead();
        if (size > 0) {
            text.append(screen.terminal() ? Bar.progress(read, size, BAR) + " " : "")
                    .append(String.format(Locale.ROOT, "%6s", Numbers.percent(read, size)));
        } else {
            text.append(String.format(Locale.ROOT, "%8s read", Numbers.bytes(read)));
        }
        text.append("  delivered ")
                .append(Numbers.count(stats.delivered(), 11))
                .append("  ")
                .append(Numbers.count(Numbers.perSecond(stats.delivered() - delivered, now - last), 8))
                .append("/s  pending ")
                .append(Numbers.count(stats.pending().total(), 6))
                .append("  bad ")
                .append(Numbers.count(tally.badLines()));
        if (size > 0 && read > 0 && read < size) {
            long left = (long) ((now - start) / (double) read * (size - read));
            text.append("  ").append(Numbers.clock(left)).append(" left");
        }
        return text.toString();
    }
}
