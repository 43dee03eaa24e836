package dev.penstock.benchmarks.flags.rival;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.penstock.benchmarks.flags.SampleFlag;
import dev.penstock.benchmarks.flags.SampleFlag.Variant;
import dev.penstock.benchmarks.flags.SampleFlags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Sample flags as LaunchDarkly's file data source reads them: a rule of two clauses with a rollout by the context's
 * key, and otherwise the variation for off.
 * <p>
 * <b>Threads:</b> any.
 */
final class LaunchDarklyJson {
    /** What a flag with variants gives those it is not for. */
    static final String NONE = "none";

    private static final int WEIGHT_OF_PERCENT = 1_000;

    private LaunchDarklyJson() {}

    static byte[] of(SampleFlags flags) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
            json.writeStartObject();
            json.writeObjectFieldStart("flags");
            for (SampleFlag flag : flags.all()) {
                writeFlag(json, flag);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    private static void writeFlag(JsonGenerator json, SampleFlag flag) throws IOException {
        int[] percents = flag.variants().isEmpty()
                ? new int[] {SampleFlag.ROLLOUT, 100 - SampleFlag.ROLLOUT}
                : flag.variants().stream().mapToInt(Variant::percent).toArray();
        int off = flag.variants().isEmpty() ? 1 : flag.variants().size();
        json.writeObjectFieldStart(flag.key());
        json.writeStringField("key", flag.key());
        json.writeNumberField("version", 1);
        json.writeBooleanField("on", true);
        json.writeStringField("salt", "s");
        json.writeNumberField("offVariation", off);
        json.writeObjectFieldStart("fallthrough");
        json.writeNumberField("variation", off);
        json.writeEndObject();
        writeVariations(json, flag.variants());
        json.writeArrayFieldStart("rules");
        json.writeStartObject();
        json.writeStringField("id", "everybody");
        json.writeArrayFieldStart("clauses");
        writeClause(json, "plan", flag.plans());
        writeClause(json, "country", List.of(flag.country()));
        json.writeEndArray();
        writeRollout(json, percents);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeVariations(JsonGenerator json, List<Variant> variants) throws IOException {
        json.writeArrayFieldStart("variations");
        if (variants.isEmpty()) {
            json.writeBoolean(true);
            json.writeBoolean(false);
        } else {
            for (Variant variant : variants) {
                json.writeString(variant.key());
            }
            json.writeString(NONE);
        }
        json.writeEndArray();
    }

    private static void writeClause(JsonGenerator json, String attribute, List<String> values) throws IOException {
        json.writeStartObject();
        json.writeStringField("contextKind", "user");
        json.writeStringField("attribute", attribute);
        json.writeStringField("op", "in");
        json.writeArrayFieldStart("values");
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeRollout(JsonGenerator json, int[] percents) throws IOException {
        json.writeObjectFieldStart("rollout");
        json.writeStringField("contextKind", "user");
        json.writeArrayFieldStart("variations");
        for (int i = 0; i < percents.length; i++) {
            json.writeStartObject();
            json.writeNumberField("variation", i);
            json.writeNumberField("weight", percents[i] * WEIGHT_OF_PERCENT);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
