package dev.penstock.cli.spool;

import dev.penstock.cli.common.Bar;
import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.ClientStats;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Shows how a drain goes: a line a second, or a bar redrawn four times a second on a terminal. One thread's own. */
final class DrainProgress {
    private static final int BAR = 24;

    private final long events;
    private final Screen screen;
    private final boolean shown;
    private final long periodNs;
    private long last = System.nanoTime();
    private long delivered;

    /** {@code events} are what there is to deliver. */
    DrainProgress(long events, Screen screen, boolean shown) {
        this.events = events;
        this.screen = screen;
        this.shown = shown;
        this.periodNs = TimeUnit.MILLISECONDS.toNanos(screen.terminal() ? 250 : 1_000);
    }

    void tick(ClientStats stats) {
        long now = System.nanoTime();
        if (shown && now - last >= periodNs) {
            screen.progress(text(stats, now));
            last = now;
            delivered = stats.delivered();
        }
    }

    private String text(ClientStats stats, long now) {
        long settled = Math.min(events, stats.delivered() + stats.refused() + stats.discarded());
        return (screen.terminal() ? Bar.progress(settled, events, BAR) + " " : "")
                + String.format(Locale.ROOT, "%6s", Numbers.percent(settled, events))
                + "  delivered "
                + Numbers.count(stats.delivered(), 11)
                + "  "
                + Numbers.count(Numbers.perSecond(stats.delivered() - delivered, now - last), 8)
                + "/s  left "
                + Numbers.count(events - settled);
    }
}
