package dev.penstock.cli.spool;

import dev.penstock.cli.common.Drain;
import dev.penstock.cli.common.EventClient;
import dev.penstock.cli.common.Interruption;
import dev.penstock.cli.common.Patience;
import dev.penstock.cli.common.Screen;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.ClientStats;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Waits until a client has sent what is in its spool, and closes it. Used once, by one thread. */
final class SpoolDrain {
    private static final long LOOK_NS = 20_000_000;

    private final EventClient client;
    private final WireProtocol protocol;
    private final SpoolContents found;
    private final Duration patience;
    private final Screen screen;
    private final DrainProgress progress;

    SpoolDrain(
            EventClient client,
            WireProtocol protocol,
            SpoolContents found,
            Duration patience,
            Screen screen,
            boolean showProgress) {
        this.client = client;
        this.protocol = protocol;
        this.found = found;
        this.patience = patience;
        this.screen = screen;
        this.progress = new DrainProgress(found.events(SpoolService.of(protocol)), screen, showProgress);
    }

    /** The report is written before the process may end, also when it was told to stop. */
    DrainResult run(Consumer<DrainResult> report) {
        try (Interruption interruption = new Interruption(this::leave)) {
            long start = System.nanoTime();
            awaitRecovery(interruption, start);
            long leftAlone = found.eventsOfOthers(SpoolService.of(protocol));
            Patience limit = protocol.patience(patience);
            Drain drain = new Drain(client, limit, interruption::requested, leftAlone);
            boolean drained = drain.await(progress::tick);
            long elapsed = System.nanoTime() - start;
            ClientStats stats = drain.close(drained);
            DrainResult result =
                    new DrainResult(protocol, found, stats, elapsed, trouble(interruption.requested(), drained, limit));
            report.accept(result);
            return result;
        }
    }

    /** The client reads the directory in the background; until it has, there seems to be nothing to send. */
    private void awaitRecovery(Interruption interruption, long start) {
        while (client.stats().recovered() < found.total()
                && !interruption.requested()
                && System.nanoTime() - start < patience.toNanos()) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static String trouble(boolean interrupted, boolean drained, Patience limit) {
        if (interrupted) {
            return "interrupted";
        }
        return drained ? "" : "gave up after no event could be settled for " + limit.seconds() + " s";
    }

    /** On another thread. */
    private void leave() {
        ClientStats stats = client.close(Drain.HASTY_CLOSE).stats();
        screen.complain("penstock spool drain: interrupted; " + stats.summary());
    }
}
