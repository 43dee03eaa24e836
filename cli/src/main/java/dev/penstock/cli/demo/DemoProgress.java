package dev.penstock.cli.demo;

import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.Screen;
import dev.penstock.client.ClientStats;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Shows how a demo goes: a line a second, or half a second on a terminal. One thread's own. */
final class DemoProgress {
    private final Screen screen;
    private final boolean silent;
    private final CaptureTimes times;
    private final long periodNs;
    private final long start = System.nanoTime();
    private long last = start;
    private long accepted;
    private long delivered;

    DemoProgress(DemoPlan plan, Screen screen, CaptureTimes times) {
        this.screen = screen;
        this.silent = plan.silent();
        this.times = times;
        this.periodNs = TimeUnit.MILLISECONDS.toNanos(screen.terminal() ? 500 : 1_000);
    }

    boolean isDue() {
        return System.nanoTime() - last >= periodNs;
    }

    /** Milliseconds to wait before it is worth looking again; 1 to 20, so that finished producers are noticed soon. */
    long dueInMillis() {
        long left = TimeUnit.NANOSECONDS.toMillis(last + periodNs - System.nanoTime());
        return Math.max(1, Math.min(20, left));
    }

    void tick(ClientStats stats) {
        long now = System.nanoTime();
        if (silent || now - last < periodNs) {
            return;
        }
        long elapsed = now - last;
        Histogram latency = times.interval();
        screen.progress(String.format(
                Locale.ROOT,
                "%3d s  captured %,9d/s  delivered %,9d/s  ring %5s  in flight %,6d  ns p50 %,d  p99 %,d  p99.9 %,d  max %,d",
                TimeUnit.NANOSECONDS.toSeconds(now - start + TimeUnit.MILLISECONDS.toNanos(50)),
                Numbers.perSecond(stats.accepted() - accepted, elapsed),
                Numbers.perSecond(stats.delivered() - delivered, elapsed),
                Numbers.percent(stats.ring().occupied(), stats.ring().slots()),
                stats.pending().inFlight(),
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getValueAtPercentile(99.9),
                latency.getMaxValue()));
        last = now;
        accepted = stats.accepted();
        delivered = stats.delivered();
    }
}
