package dev.penstock.cli.spool;

import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.ClientStats;
import java.util.Map;

/**
 * What a drain did.
 *
 * @param protocol what the client spoke
 * @param found what the directory held before
 * @param stats the client's final account
 * @param elapsedNs from opening the directory until the last event had its outcome
 * @param trouble what ended it early; empty if nothing did
 */
record DrainResult(WireProtocol protocol, SpoolContents found, ClientStats stats, long elapsedNs, String trouble) {

    /** No client was needed. */
    static DrainResult nothingToDo(WireProtocol protocol, SpoolContents found) {
        return notBegun(protocol, found, "");
    }

    /** No client was begun; {@code trouble} says why. */
    static DrainResult notBegun(WireProtocol protocol, SpoolContents found, String trouble) {
        ClientStats.Verdicts verdicts = new ClientStats.Verdicts(0, 0, 0, 0, 0, 0);
        long waiting = found.total();
        ClientStats.Spool spool = new ClientStats.Spool(0, 0, waiting, 0, 0, 0, 0, 0, 0);
        ClientStats stats = new ClientStats(
                Map.of(),
                Map.of(),
                new ClientStats.Pending(0, 0, 0, waiting),
                new ClientStats.Delivery(0, 0, 0, 0, 0, 0, 0, verdicts),
                new ClientStats.Ring(0, 0, 0),
                spool,
                ClientStats.Health.NONE,
                0,
                0,
                0);
        return new DrainResult(protocol, found, stats, 0, trouble);
    }

    /** Events for others, which this client does not send. */
    long leftAlone() {
        return found.eventsOfOthers(SpoolService.of(protocol));
    }

    /** Events that were there for this client. */
    long recovered() {
        return Math.max(0, stats.recovered() - leftAlone());
    }

    /** Events for this client that are still there. */
    long remaining() {
        return Math.max(0, stats.pending().total() - leftAlone());
    }

    /** Whether every event for this client was delivered. */
    boolean complete() {
        return trouble.isEmpty()
                && remaining() == 0
                && stats.delivered() == recovered()
                && stats.spool().damagedRecords() == 0
                && stats.isBalanced();
    }
}
