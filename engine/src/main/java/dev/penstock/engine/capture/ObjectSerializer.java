package dev.penstock.engine.capture;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.module.afterburner.AfterburnerModule;
import dev.penstock.engine.stats.DistinctErrors;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Serializes objects of the user's own types: Jackson, with Afterburner's generated accessors.
 *
 * <p>Jackson's idea of JSON is held to ours: NaN and infinities are null, times are UTC, nesting is bounded, and so is
 * the size. An object that fails is null as a whole, and its class is named once in the log.
 *
 * <p><b>Threads:</b> any. <b>Allocation:</b> the JSON text and what Jackson needs.
 */
public final class ObjectSerializer {

    private final DistinctErrors errors;
    private final JsonMapper mapper;
    private final ClassValue<Optional<RecordComponents>> records = new ClassValue<>() {
        @Override
        protected Optional<RecordComponents> computeValue(Class<?> type) {
            return Optional.ofNullable(RecordComponents.of(type));
        }
    };

    /**
     * Makes a serializer; nothing else shares its mapper.
     *
     * @param errors told which classes fail
     */
    public ObjectSerializer(DistinctErrors errors) {
        this.errors = errors;
        SimpleModule times = new SimpleModule("penstock-times")
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addSerializer(LocalDate.class, ToStringSerializer.instance)
                .addSerializer(LocalTime.class, ToStringSerializer.instance)
                .addSerializer(LocalDateTime.class, ToStringSerializer.instance)
                .addSerializer(Duration.class, ToStringSerializer.instance)
                .addSerializer(
                        OffsetDateTime.class,
                        new InstantTextSerializer<>(OffsetDateTime.class, OffsetDateTime::toInstant))
                .addSerializer(
                        ZonedDateTime.class, new InstantTextSerializer<>(ZonedDateTime.class, ZonedDateTime::toInstant))
                .addSerializer(
                        java.util.Date.class,
                        new InstantTextSerializer<>(java.util.Date.class, d -> Instant.ofEpochMilli(d.getTime())));
        this.mapper = JsonMapper.builder()
                .addModule(new AfterburnerModule())
                .addModule(times)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .build();
        mapper.getFactory()
                .setStreamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(ValueWriter.MAX_DEPTH)
                        .build());
    }

    /**
     * Serializes one object.
     *
     * @param value any object no rule of ours covers
     * @param maxChars the most characters of JSON
     * @return its JSON, or null if it cannot be serialized
     */
    String toJson(Object value, int maxChars) {
        BoundedText text = new BoundedText(maxChars);
        try (JsonGenerator generator = new FiniteNumbers(mapper.getFactory().createGenerator(text))) {
            mapper.writeValue(generator, value);
        } catch (IOException | RuntimeException | Error e) {
            String type = value.getClass().getName();
            errors.warn(
                    "unserializable " + type,
                    "an object of class " + type + " cannot be serialized ("
                            + e.getClass().getSimpleName() + ") and was replaced by null",
                    e);
            return null;
        }
        return text.toString();
    }

    RecordComponents components(Class<?> type) {
        return records.get(type).orElse(null);
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** JSON has no NaN and no infinity: null, as for any other property. */
    private static final class FiniteNumbers extends JsonGeneratorDelegate {

        FiniteNumbers(JsonGenerator target) {
            super(target, false);
        }

        @Override
        public void writeNumber(double value) throws IOException {
            if (Double.isFinite(value)) {
                super.writeNumber(value);
            } else {
                super.writeNull();
            }
        }

        @Override
        public void writeNumber(float value) throws IOException {
            if (Float.isFinite(value)) {
                super.writeNumber(value);
            } else {
                super.writeNull();
            }
        }
    }

    /** Text that refuses to grow over a limit. */
    private static final class BoundedText extends Writer {

        private final StringBuilder text = new StringBuilder();
        private final int maxChars;

        BoundedText(int maxChars) {
            this.maxChars = maxChars;
        }

        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            if (text.length() + length > maxChars) {
                throw new IOException("longer than " + maxChars + " characters");
            }
            text.append(chars, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
