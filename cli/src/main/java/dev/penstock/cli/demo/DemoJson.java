package dev.penstock.cli.demo;

import dev.penstock.cli.common.JsonLine;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.ClientStats;
import org.HdrHistogram.Histogram;

/** The result of a demo for programs. */
final class DemoJson {

    private DemoJson() {}

    static String of(DemoResult result, WireProtocol protocol) {
        ClientStats client = result.client();
        Histogram times = result.captureNs();
        return new JsonLine()
                .put("protocol", protocol.toString())
                .put("accepted", client.accepted())
                .put("refusals", result.refusals())
                .put("recovered", client.recovered())
                .put("delivered", client.delivered())
                .put("refused", client.refused())
                .put("expired", client.expired())
                .put("discarded", client.discarded())
                .put("pending", client.pending().total())
                .put("in_spool", client.pending().inSpool())
                .put("collector_received", result.collector().events())
                .put("collector_distinct", result.collector().distinct())
                .put("events_per_second", result.eventsPerSecond())
                .begin("capture_ns")
                .put("p50", times.getValueAtPercentile(50))
                .put("p99", times.getValueAtPercentile(99))
                .put("p999", times.getValueAtPercentile(99.9))
                .put("p9999", times.getValueAtPercentile(99.99))
                .put("max", times.getMaxValue())
                .end()
                .finish();
    }
}
