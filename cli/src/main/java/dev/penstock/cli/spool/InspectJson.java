package dev.penstock.cli.spool;

import dev.penstock.cli.common.JsonLine;
import dev.penstock.engine.spool.SpoolReport;

/** What is in a spool, for programs. */
final class InspectJson {

    private InspectJson() {}

    static String of(SpoolReport report) {
        JsonLine line = new JsonLine()
                .put("events", report.events())
                .put("records", report.records())
                .put("bytes", report.bytes())
                .put("torn_bytes", report.tornBytes())
                .put("damaged_records", report.damagedRecords())
                .put("segments", report.segments().size())
                .put("in_use", report.inUse());
        if (report.oldest() != null) {
            line.put("oldest", report.oldest().toString())
                    .put("newest", report.newest().toString());
        }
        line.begin("events_for");
        SpoolContents.of(report.eventsByProtocol())
                .byService()
                .forEach((service, events) -> line.put(service.text(), events));
        line.end();
        return line.putAll("set_aside", report.setAside())
                .putAll("foreign", report.foreign())
                .finish();
    }
}
