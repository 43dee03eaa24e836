package dev.penstock.collector;

/** Bodies for the logs route. */
final class LogBodies {
    static final String PATH = "/i/v1/logs?token=phc_demo";
    static final String TIME = "1770802201902000000";
    static final String ATTRIBUTES = "[" + pair("sessionId", "{\"stringValue\":\"s-1\"}") + ","
            + pair("amount", "{\"intValue\":\"4999\"}") + "]";

    private LogBodies() {}

    static String pair(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":" + value + "}";
    }

    static String record(String message) {
        return "{\"timeUnixNano\":\"" + TIME + "\",\"observedTimeUnixNano\":\"" + TIME
                + "\",\"severityNumber\":13,\"severityText\":\"WARN\",\"body\":{\"stringValue\":\"" + message
                + "\"},\"attributes\":" + ATTRIBUTES + "}";
    }

    static String logs(String... records) {
        return "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
                + pair("service.name", "{\"stringValue\":\"checkout\"}") + ","
                + pair("telemetry.sdk.name", "{\"stringValue\":\"penstock\"}") + ","
                + pair("telemetry.sdk.version", "{\"stringValue\":\"0.1.0\"}")
                + "]},\"scopeLogs\":[{\"scope\":{\"name\":\"penstock\",\"version\":\"0.1.0\"},\"logRecords\":["
                + String.join(",", records) + "]}]}]}";
    }
}
