package dev.penstock.cli.demo;

import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.SpoolMode;
import dev.penstock.client.SpoolSettings;

/**
 * What a demo is asked to do.
 *
 * @param seconds how long to capture, unless {@code events} is set
 * @param events how many accepted events in all; 0 means run for {@code seconds}
 * @param producers threads that capture
 * @param rate events a second over all producers; 0 means full speed
 * @param seed which events are drawn
 * @param batchSize events that close a batch
 * @param gzip whether batches are compressed
 * @param protocol what the client speaks
 * @param spool whether and how events are kept on disk
 * @param silent whether progress is left out
 */
record DemoPlan(
        int seconds,
        long events,
        int producers,
        long rate,
        long seed,
        int batchSize,
        boolean gzip,
        WireProtocol protocol,
        SpoolSettings spool,
        boolean silent) {

    /** How many events one producer owes; {@link Long#MAX_VALUE} when the time decides. */
    long quota(int producer) {
        if (events == 0) {
            return Long.MAX_VALUE;
        }
        return events / producers + (producer < events % producers ? 1 : 0);
    }

    /** Nanoseconds between two events of one producer; 0 at full speed. */
    double intervalNs() {
        return rate == 0 ? 0 : 1e9 * producers / rate;
    }

    /** Whether events are kept on disk. */
    boolean spools() {
        return spool.mode() != SpoolMode.OFF;
    }

    /** The plan as a line for people. */
    String text() {
        String who = producers == 1 ? "1 producer" : producers + " producers";
        String pace = rate == 0 ? "at full speed" : "at " + Numbers.count(rate) + " events/s";
        String end = events == 0 ? "for " + seconds + " s" : "until " + Numbers.count(events) + " events are accepted";
        return who + " " + pace + " " + end;
    }
}
