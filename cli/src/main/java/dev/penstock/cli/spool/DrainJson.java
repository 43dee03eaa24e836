package dev.penstock.cli.spool;

import dev.penstock.cli.common.JsonLine;
import dev.penstock.client.ClientStats;

/** The result of a drain for programs. */
final class DrainJson {

    private DrainJson() {}

    static String of(DrainResult result) {
        ClientStats stats = result.stats();
        return new JsonLine()
                .put("protocol", result.protocol().toString())
                .put("recovered", result.recovered())
                .put("delivered", stats.delivered())
                .put("refused", stats.refused())
                .put("expired", stats.expired())
                .put("discarded", stats.discarded())
                .put("remaining", result.remaining())
                .put("left_alone", result.leftAlone())
                .putSeconds("seconds", result.elapsedNs())
                .put("trouble", result.trouble())
                .putAll("notes", DrainNotes.of(result))
                .finish();
    }
}
