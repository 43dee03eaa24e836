package dev.penstock.cli.demo;

import dev.penstock.cli.common.Numbers;
import dev.penstock.client.ClientStats;
import dev.penstock.collector.CollectorStats;
import org.HdrHistogram.Histogram;

/**
 * What a demo did: the client's account, the collector's, and the producers' own count of what they were told.
 *
 * @param toldAccepted how often producers were answered {@code ACCEPTED}
 * @param client the client's final account
 * @param collector what the collector received
 * @param elapsedNs from the first capture until the last event had its outcome
 * @param captureNs every capture's time
 * @param trouble what ended the run early; empty if nothing did
 */
record DemoResult(
        long toldAccepted,
        ClientStats client,
        CollectorStats collector,
        long elapsedNs,
        Histogram captureNs,
        String trouble) {

    long refusals() {
        return client.refusals();
    }

    long eventsPerSecond() {
        return Numbers.perSecond(collector.distinct(), elapsedNs);
    }

    boolean balances() {
        return client.isBalanced() && toldAccepted == client.accepted();
    }

    /** What has to arrive: all that was accepted, and all that an earlier run had left in the spool. */
    long owed() {
        return client.accepted() + client.recovered();
    }

    boolean nothingLost() {
        return trouble.isEmpty()
                && balances()
                && client.delivered() == owed()
                && client.pending().total() == 0
                && collector.distinct() == owed()
                && collector.events() == owed();
    }
}
