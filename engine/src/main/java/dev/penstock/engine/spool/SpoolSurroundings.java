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

    /** Counts events as given up, and says so. */
    void lose(long[] uuids, int events, String reason) {
        counters.addDiscarded(events);
        try {
            losses.lost(uuids, events, reason);
        } catch (RuntimeException | Error e) {
            warn("loss not told", "has given up " + events + " events and could not tell: " + e, e);
        }
    }
}
