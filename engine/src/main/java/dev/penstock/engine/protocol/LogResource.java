package dev.penstock.engine.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.client.logs.LogSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who logs, as the part of the envelope in front of the records says it: the service, the library and the machine.
 *
 * <p>What the client knows of itself, {@code service.*} and {@code telemetry.sdk.*}, wins over attributes of the same name in
 * the settings; so does the environment that was set as such.
 */
final class LogResource {

    /** Containers deeper than this are left out; it also ends what contains itself. */
    private static final int MAX_DEPTH = 16;

    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final String sdkName;
    private final String sdkVersion;

    LogResource(LogSettings settings, String clientName, String sdkName, String sdkVersion) {
        this.sdkName = sdkName;
        this.sdkVersion = sdkVersion;
        put("os.name", System.getProperty("os.name"));
        put("os.version", System.getProperty("os.version"));
        attributes.putAll(settings.resourceAttributes());
        put("deployment.environment", settings.environment());
        put("service.name", settings.serviceName() == null ? clientName : settings.serviceName());
        put("service.version", settings.serviceVersion());
        put("telemetry.sdk.name", sdkName);
        put("telemetry.sdk.version", sdkVersion);
    }

    private void put(String name, String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    /** The envelope up to the first record. */
    byte[] envelope() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceLogs");
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            json.writeFieldName("attributes");
            members(attributes, 0, json);
            json.writeEndObject();
            json.writeArrayFieldStart("scopeLogs");
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", sdkName);
            json.writeStringField("version", sdkVersion);
            json.writeEndObject();
            json.writeArrayFieldStart("logRecords");
            json.flush();
            return text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail", e);
        }
    }

    private static void members(Map<?, ?> members, int depth, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (isWritable(member.getValue(), depth)) {
                json.writeStartObject();
                json.writeStringField("key", String.valueOf(member.getKey()));
                json.writeFieldName("value");
                value(member.getValue(), depth, json);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static boolean isWritable(Object value, int depth) {
        return value != null && (depth < MAX_DEPTH || !(value instanceof Map || value instanceof Iterable));
    }

    private static void value(Object value, int depth, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (value instanceof Boolean bool) {
            json.writeBooleanField("boolValue", bool);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            json.writeStringField("intValue", value.toString());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumberField("doubleValue", number);
        } else if (value instanceof Float number && Float.isFinite(number)) {
            json.writeNumberField("doubleValue", number);
        } else if (value instanceof Map<?, ?> map) {
            json.writeObjectFieldStart("kvlistValue");
            json.writeFieldName("values");
            members(map, depth + 1, json);
            json.writeEndObject();
        } else if (value instanceof Iterable<?> items) {
            json.writeObjectFieldStart("arrayValue");
            json.writeFieldName("values");
            elements(items, depth + 1, json);
            json.writeEndObject();
        } else {
            json.writeStringField("stringValue", value.toString());
        }
        json.writeEndObject();
    }

    private static void elements(Iterable<?> items, int depth, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Object item : items) {
            if (isWritable(item, depth)) {
                value(item, depth, json);
            }
        }
        json.writeEndArray();
    }
}
