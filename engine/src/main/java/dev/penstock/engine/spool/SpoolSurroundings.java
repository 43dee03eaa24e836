package dev.penstock.engine.spool;

import dev.penstock.client.SpoolSettings;
import dev.penstock.engine.stats.DistinctErrors;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * What every part of a spool needs to know.
 *
 * @param settings as configured
 * @param disk where the files are
 * @param counters the figures
 * @param errors the funnel for trouble
 * @param losses told what is given up
 * @param clock for intervals
 * @param wallClock written into files
 */
record SpoolSurroundings(
        SpoolSettings settings,
        SpoolDisk disk,
        SpoolCounters counters,
        DistinctErrors errors,
        LossSink losses,
        NanoClock clock,
        EpochClock wallClock) {

    void warn(String kind, String message, Throwable cause) {
        errors.warn("spool " + kind, "the spool " + disk.where() + " " + message, cause);
    }

    /** Says what failed, and why; never throws, as whoever calls has more to do. */
    void sayFailure(String kind, String message, Throwable failure) {
        try {
            warn(kind, message + ": " + failure, failure);
        } catch (Throwable e) {
            // Only memory ends here, and saying so would need some.
        }
    }

    /** Counts events as given up, and says so. */
    void lose(RecordIds ids, int events, String reason) {
        counters.addDiscarded(events);
        try {
            losses.lost(ids, events, reason);
        } catch (Throwable e) {
            sayFailure("loss not told", "has given up events and could not tell", e);
        }
    }
}
