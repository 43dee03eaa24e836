package dev.penstock.cli.spool;

import dev.penstock.cli.common.Numbers;
import dev.penstock.client.ClientStats;
import java.util.ArrayList;
import java.util.List;

/** What must be known of a drain beside its figures, a sentence each. */
final class DrainNotes {

    private DrainNotes() {}

    static List<String> of(DrainResult result) {
        ClientStats.Spool spool = result.stats().spool();
        List<String> notes = new ArrayList<>();
        result.found().byService().forEach((service, events) -> {
            if (service != SpoolService.of(result.protocol())) {
                notes.add(leftAlone(service, events));
            }
        });
        if (spool.tornBytes() > 0) {
            notes.add(Numbers.count(spool.tornBytes())
                    + " bytes at the end of a file had not been written completely and were cut off.");
        }
        if (spool.damagedRecords() > 0) {
            notes.add(Numbers.count(spool.damagedRecords()) + " batches were damaged and could not be sent.");
        }
        if (spool.filesSetAside() > 0) {
            notes.add(Numbers.count(spool.filesSetAside())
                    + " files that are damaged, or not the spool's, were moved to its folder set-aside.");
        }
        return notes;
    }

    private static String leftAlone(SpoolService service, long events) {
        return service == SpoolService.UNKNOWN
                ? Numbers.count(events)
                        + " events are of a later version of Penstock and were left alone; drain them with it."
                : Numbers.count(events) + " events for " + service.text()
                        + " were left alone; drain them with --protocol " + service.protocol()
                        + ", with that service's host and key.";
    }
}
