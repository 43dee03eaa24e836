package dev.penstock.cli.importer;

import dev.penstock.cli.common.Numbers;
import dev.penstock.cli.common.SpoolRest;
import dev.penstock.client.ClientStats;
import java.util.ArrayList;
import java.util.List;

/** What must be known of an import beside its figures, a sentence each. */
final class ImportNotes {

    private ImportNotes() {}

    static List<String> of(ImportResult result, SpoolRest rest) {
        ClientStats stats = result.stats();
        ImportTally tally = result.tally();
        List<String> notes = new ArrayList<>();
        if (tally.linesWithUnknownFields() > 0) {
            notes.add(Numbers.count(tally.linesWithUnknownFields()) + " lines have fields other than event,"
                    + " distinct_id, timestamp, properties and uuid; those fields were not sent.");
        }
        if (tally.linesWithPostHogsNames() > 0 && !rest.protocol().knowsPostHogEvents()) {
            notes.add(Numbers.count(tally.linesWithPostHogsNames()) + " lines are PostHog's own events ($identify,"
                    + " $create_alias, $groupidentify, $set) and were sent as track messages, which change no user or"
                    + " group; send identify, alias and group messages in their place.");
        }
        if (stats.valuesReplaced() > 0) {
            notes.add(Numbers.count(stats.valuesReplaced())
                    + " values could not be written as they are and were replaced.");
        }
        if (stats.noticesDropped() > 0) {
            notes.add(Numbers.count(stats.noticesDropped())
                    + " notices of how events ended were lost; lines that were too large may not have been named.");
        }
        if (stats.pending().inSpool() > 0) {
            notes.add(rest.advice(stats.pending().inSpool()));
        }
        return notes;
    }
}
