package dev.penstock.engine.capture;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
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
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
    private final JsonMapper generated;
    private final JsonMapper reflective;
    private final ClassValue<AtomicReference<Way>> ways = new ClassValue<>() {
        @Override
        protected AtomicReference<Way> computeValue(Class<?> type) {
            return new AtomicReference<>(Way.GENERATED);
        }
    };
    private final ClassValue<Optional<RecordComponents>> records = new ClassValue<>() {
        @Override
        protected Optional<RecordComponents> computeValue(Class<?> type) {
            return Optional.ofNullable(RecordComponents.of(type));
        }
    };

    /** How objects of a class are serialized. Failing to prepare a class costs milliseconds, so it is tried once. */
    private enum Way {
        /** With accessors that Afterburner generates. */
        GENERATED,
        /** By reflection, because none can be generated: on the module path Afterburner does not let them in. */
        REFLECTIVE,
        /** Not at all. */
        NONE
    }

    /**
     * Makes a serializer; nothing else shares its mappers.
     *
     * @param errors told which classes fail
     */
    public ObjectSerializer(DistinctErrors errors) {
        this.errors = errors;
        this.generated = mapper(new AfterburnerModule());
        this.reflective = mapper(new SimpleModule("none"));
    }

    private static JsonMapper mapper(Module accessors) {
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
                        Date.class,
                        new InstantTextSerializer<>(Date.class, date -> Instant.ofEpochMilli(date.getTime())));
        JsonMapper mapper = JsonMapper.builder()
                .addModule(accessors)
                .addModule(times)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .build();
        mapper.getFactory()
                .setStreamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(ValueWriter.MAX_DEPTH)
                        .build());
        return mapper;
    }

    /**
     * Serializes one object.
     *
     * @param value any object no rule of ours covers
     * @param maxChars the most characters of JSON
     * @return its JSON, or null if it cannot be serialized
     */
    String toJson(Object value, int maxChars) {
        AtomicReference<Way> way = ways.get(value.getClass());
        try {
            if (way.get() == Way.GENERATED) {
                try {
                    return write(generated, value, maxChars);
                } catch (InvalidDefinitionException e) {
                    way.set(Way.REFLECTIVE);
                }
            }
            return way.get() == Way.REFLECTIVE ? write(reflective, value, maxChars) : null;
        } catch (IOException | RuntimeException | Error e) {
            if (e instanceof InvalidDefinitionException definition
                    && definition.getType() != null
                    && definition.getType().hasRawClass(value.getClass())) {
                way.set(Way.NONE);
            }
            String type = value.getClass().getName();
            errors.warn(
                    "unserializable " + type,
                    "an object of class " + type + " cannot be serialized ("
                            + e.getClass().getSimpleName() + ") and was replaced by null",
                    e);
            return null;
        }
    }

    private static String write(JsonMapper mapper, Object value, int maxChars) throws IOException {
        BoundedText text = new BoundedText(maxChars);
        try (JsonGenerator generator = new FiniteNumbers(mapper.getFactory().createGenerator(text))) {
            mapper.writeValue(generator, value);
        }
        return text.toString();
    }

    RecordComponents components(Class<?> type) {
        return records.get(type).orElse(null);
    }

    /** For the test that looks for generated accessors. */
    JsonMapper generatedMapper() {
        return generated;
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
