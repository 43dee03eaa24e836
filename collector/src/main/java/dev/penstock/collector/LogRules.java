package dev.penstock.collector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of requests to the logs route, which carry log records in the JSON form of OTLP. Immutable. */
final class LogRules {
    static final int MAX_BODY_BYTES = 2_000_000;

    private static final Map<Long, String> SEVERITIES =
            Map.of(1L, "TRACE", 5L, "DEBUG", 9L, "INFO", 13L, "WARN", 17L, "ERROR", 21L, "FATAL");
    private static final List<String> RECORD_FIELDS = List.of(
            "timeUnixNano",
            "observedTimeUnixNano",
            "severityNumber",
            "severityText",
            "body",
            "attributes",
            "traceId",
            "spanId",
            "flags");
    private static final List<String> RESOURCE_TEXTS =
            List.of("service.name", "telemetry.sdk.name", "telemetry.sdk.version");
    private static final Pattern NANOS = Pattern.compile("[1-9][0-9]{0,17}|[1-8][0-9]{18}");
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-fA-F]{16}");
    private static final long MAX_FLAGS = 0xffff_ffffL;

    private final FlagKeys keys;

    LogRules(Optional<String> apiKey) {
        keys = new FlagKeys(apiKey, Optional.empty());
    }

    /** Reads the log records; refuses the request if it breaks a rule. */
    List<ReceivedLogRecord> read(RequestHead head, ByteArray body) throws InvalidRequestException {
        JsonBody.checkHead(head, "the logs route");
        keys.checkToken(new QueryParameters(head.query()));
        if (body.length() > MAX_BODY_BYTES) {
            throw new InvalidRequestException(413, "body larger than " + MAX_BODY_BYTES + " bytes");
        }
        Map<?, ?> resourceLogs =
                LogFields.only(JsonBody.parse(body.bytes(), body.length()).get("resourceLogs"), "resourceLogs");
        Map<String, Object> resource = resource(resourceLogs);
        Map<?, ?> scopeLogs = LogFields.only(resourceLogs.get("scopeLogs"), "scopeLogs");
        Map<?, ?> scope = LogFields.object(scopeLogs.get("scope"), "scope");
        String scopeName = LogFields.nonBlank(scope.get("name"), "scope.name");
        String scopeVersion = LogFields.nonBlank(scope.get("version"), "scope.version");
        List<ReceivedLogRecord> records = new ArrayList<>();
        for (Object element : LogFields.list(scopeLogs.get("logRecords"), "logRecords")) {
            records.add(record(element, "logRecords[" + records.size() + "]", resource, scopeName, scopeVersion));
        }
        LogFields.require(!records.isEmpty(), "logRecords", "is empty");
        return Collections.unmodifiableList(records);
    }

    private static Map<String, Object> resource(Map<?, ?> resourceLogs) throws InvalidRequestException {
        Map<?, ?> resource = LogFields.object(resourceLogs.get("resource"), "resource");
        Map<String, Object> attributes = AnyValues.unwrapPairs(resource.get("attributes"), "resource.attributes");
        for (String name : RESOURCE_TEXTS) {
            LogFields.nonBlank(attributes.get(name), "resource.attributes." + name);
        }
        return attributes;
    }

    private static ReceivedLogRecord record(
            Object element, String place, Map<String, Object> resource, String scopeName, String scopeVersion)
            throws InvalidRequestException {
        Map<?, ?> fields = LogFields.object(element, place);
        LogFields.requireOnly(fields, place, RECORD_FIELDS);
        int severity = severity(fields, place);
        return new ReceivedLogRecord(
                AnyValues.unwrap(fields.get("body"), place + ".body"),
                severity,
                SEVERITIES.get((long) severity),
                time(fields, place),
                AnyValues.unwrapPairs(fields.get("attributes"), place + ".attributes"),
                hex(fields, "traceId", TRACE_ID, place),
                hex(fields, "spanId", SPAN_ID, place),
                flags(fields, place),
                resource,
                scopeName,
                scopeVersion);
    }

    private static long time(Map<?, ?> fields, String place) throws InvalidRequestException {
        String time = LogFields.text(fields.get("timeUnixNano"), place + ".timeUnixNano");
        LogFields.require(
                NANOS.matcher(time).matches(), place + ".timeUnixNano", "is not a number of nanoseconds in decimal");
        String observed = LogFields.text(fields.get("observedTimeUnixNano"), place + ".observedTimeUnixNano");
        LogFields.require(observed.equals(time), place + ".observedTimeUnixNano", "differs from timeUnixNano");
        return Long.parseLong(time);
    }

    private static int severity(Map<?, ?> fields, String place) throws InvalidRequestException {
        Object number = fields.get("severityNumber");
        LogFields.require(
                number instanceof Long whole && SEVERITIES.containsKey(whole),
                place + ".severityNumber",
                "is not 1, 5, 9, 13, 17 or 21");
        String text = LogFields.text(fields.get("severityText"), place + ".severityText");
        LogFields.require(
                SEVERITIES.get((Long) number).equals(text), place + ".severityText", "does not match severityNumber");
        return ((Long) number).intValue();
    }

    private static Optional<String> hex(Map<?, ?> fields, String name, Pattern form, String place)
            throws InvalidRequestException {
        if (!fields.containsKey(name)) {
            return Optional.empty();
        }
        String digits = LogFields.text(fields.get(name), place + "." + name);
        LogFields.require(
                form.matcher(digits).matches(), place + "." + name, "does not have its number of hexadecimal digits");
        return Optional.of(digits);
    }

    private static Optional<Long> flags(Map<?, ?> fields, String place) throws InvalidRequestException {
        if (!fields.containsKey("flags")) {
            return Optional.empty();
        }
        boolean fits = fields.get("flags") instanceof Long flags && flags >= 0 && flags <= MAX_FLAGS;
        LogFields.require(fits, place + ".flags", "is not a whole number of 32 bits");
        return Optional.of((Long) fields.get("flags"));
    }
}
