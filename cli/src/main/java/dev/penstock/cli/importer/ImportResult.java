package dev.penstock.cli.importer;

import dev.penstock.client.ClientStats;

/**
 * What an import did.
 *
 * @param tally the lines
 * @param stats the client's final account
 * @param elapsedNs from the first line until the last event had its outcome
 * @param trouble what ended the import early; empty if nothing did
 */
record ImportResult(ImportTally tally, ClientStats stats, long elapsedNs, String trouble) {

    /** Whether the whole file was read and every good event delivered, and what an earlier run had left in the spool. */
    boolean complete() {
        return trouble.isEmpty()
                && stats.accepted() == tally.goodLines() + tally.acceptedBadLines()
                && stats.delivered() == tally.goodLines() + stats.recovered()
                && stats.isBalanced();
    }
}
