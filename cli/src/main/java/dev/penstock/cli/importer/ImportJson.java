package dev.penstock.cli.importer;

import dev.penstock.cli.common.JsonLine;
import dev.penstock.cli.common.SpoolRest;
import dev.penstock.client.ClientStats;

/** The result of an import for programs. */
final class ImportJson {

    private ImportJson() {}

    static String of(ImportResult result, SpoolRest rest) {
        ClientStats stats = result.stats();
        return new JsonLine()
                .put("protocol", rest.protocol().toString())
                .put("lines", result.tally().lines())
                .put("good", result.tally().goodLines())
                .put("bad", result.tally().badLines())
                .put("accepted", stats.accepted())
                .put("recovered", stats.recovered())
                .put("delivered", stats.delivered())
                .put("refused", stats.refused())
                .put("expired", stats.expired())
                .put("discarded", stats.discarded())
                .put("pending", stats.pending().total())
                .put("in_spool", stats.pending().inSpool())
                .putSeconds("seconds", result.elapsedNs())
                .putAll("notes", ImportNotes.of(result, rest))
                .finish();
    }
}
