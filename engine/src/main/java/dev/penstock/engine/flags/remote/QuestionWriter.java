package dev.penstock.engine.flags.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.client.flags.FlagContext;
import dev.penstock.engine.record.Utf8;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

/**
 * Writes what the server is asked.
 *
 * <p><b>Threads:</b> any.
 */
final class QuestionWriter {

    private static final String GROUP_KEY = "$group_key";

    private final RemoteSettings settings;

    /** Made with the first question: most clients ask none. */
    private static final class Json {

        static final JsonFactory FACTORY = new JsonFactory();
    }

    QuestionWriter(RemoteSettings settings) {
        this.settings = settings;
    }

    /** The body; {@code keys} is null for all flags. */
    byte[] write(FlagContext context, Collection<String> keys, boolean disableGeoIp) {
        // As chars first: the generator that writes bytes throws at a lone surrogate.
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("token", settings.projectKey());
            json.writeStringField("distinct_id", context.distinctId());
            json.writeFieldName("groups");
            write(json, context.groups());
            json.writeFieldName("person_properties");
            write(json, context.personProperties());
            json.writeFieldName("group_properties");
            writeGroups(json, context);
            json.writeBooleanField("geoip_disable", disableGeoIp);
            if (keys != null) {
                json.writeFieldName("flag_keys_to_evaluate");
                write(json, keys);
            }
            if (context.deviceId() != null) {
                json.writeStringField("$device_id", context.deviceId());
            }
            if (!settings.evaluationContexts().isEmpty()) {
                json.writeFieldName("evaluation_contexts");
                write(json, settings.evaluationContexts());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Utf8.encode(text.toString());
    }

    private static void writeGroups(JsonGenerator json, FlagContext context) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> group : context.groups().entrySet()) {
            Map<String, Object> properties = context.groupProperties().getOrDefault(group.getKey(), Map.of());
            json.writeObjectFieldStart(group.getKey());
            if (!properties.containsKey(GROUP_KEY)) {
                json.writeStringField(GROUP_KEY, group.getValue());
            }
            writeFields(json, properties);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, Map<?, ?> fields) throws IOException {
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.writeFieldName((String) field.getKey());
            write(json, field.getValue());
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            writeFields(json, map);
            json.writeEndObject();
        } else if (value instanceof Collection<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                write(json, element);
            }
            json.writeEndArray();
        } else {
            json.writeNull(); // null, and what is no number in JSON
        }
    }
}
