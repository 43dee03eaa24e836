package dev.penstock.benchmarks.flags;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.benchmarks.flags.SampleFlag.Variant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Sample flags as PostHog's definitions endpoint serves them.
 * <p>
 * <b>Threads:</b> any.
 */
public final class PostHogJson {
    private PostHogJson() {}

    /**
     * Writes a definitions body.
     *
     * @param flags what it defines
     * @return UTF-8
     */
    public static byte[] of(SampleFlags flags) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayFieldStart("flags");
            List<SampleFlag> all = flags.all();
            for (int i = 0; i < all.size(); i++) {
                writeFlag(json, i + 1, all.get(i));
            }
            json.writeEndArray();
            json.writeObjectFieldStart("group_type_mapping");
            json.writeEndObject();
            json.writeObjectFieldStart("cohorts");
            json.writeEndObject();
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    private static void writeFlag(JsonGenerator json, int id, SampleFlag flag) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", id);
        json.writeStringField("key", flag.key());
        json.writeStringField("name", "Sample " + id);
        json.writeBooleanField("active", true);
        json.writeNumberField("version", 1);
        json.writeBooleanField("ensure_experience_continuity", false);
        json.writeObjectFieldStart("filters");
        json.writeArrayFieldStart("groups");
        json.writeStartObject();
        json.writeArrayFieldStart("properties");
        writeFilter(json, "plan");
        json.writeArrayFieldStart("value");
        for (String plan : flag.plans()) {
            json.writeString(plan);
        }
        json.writeEndArray();
        json.writeEndObject();
        writeFilter(json, "country");
        json.writeStringField("value", flag.country());
        json.writeEndObject();
        json.writeEndArray();
        json.writeNumberField("rollout_percentage", flag.hasVariants() ? 100 : SampleFlag.ROLLOUT);
        json.writeEndObject();
        json.writeEndArray();
        if (flag.hasVariants()) {
            writeVariants(json, flag.variants());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeFilter(JsonGenerator json, String property) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", property);
        json.writeStringField("type", "person");
        json.writeStringField("operator", "exact");
    }

    private static void writeVariants(JsonGenerator json, List<Variant> variants) throws IOException {
        json.writeObjectFieldStart("multivariate");
        json.writeArrayFieldStart("variants");
        for (Variant variant : variants) {
            json.writeStartObject();
            json.writeStringField("key", variant.key());
            json.writeNumberField("rollout_percentage", variant.percent());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
