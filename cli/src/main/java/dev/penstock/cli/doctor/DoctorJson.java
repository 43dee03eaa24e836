package dev.penstock.cli.doctor;

import dev.penstock.cli.common.JsonLine;
import dev.penstock.cli.common.WireProtocol;
import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.SelfCheckStep;

/** What was found, for programs. */
final class DoctorJson {

    private DoctorJson() {}

    static String of(SelfCheckReport report, WireProtocol protocol, long elapsedNs) {
        JsonLine json = new JsonLine()
                .put("protocol", protocol.toString())
                .put("passed", report.passed())
                .putSeconds("seconds", elapsedNs)
                .begin("steps");
        for (SelfCheckStep step : report.steps()) {
            json.begin(step.name())
                    .put("status", step.status().name())
                    .put("finding", step.finding())
                    .put("remedy", step.remedy())
                    .end();
        }
        return json.end().finish();
    }
}
