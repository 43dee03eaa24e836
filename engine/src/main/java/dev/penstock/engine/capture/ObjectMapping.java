package dev.penstock.engine.capture;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Jackson's idea of JSON, held to ours: NaN and infinities are null, times are UTC, nesting is bounded, and so is the size.
 *
 * <p>Why it is a class of its own: to verify it, the JVM loads a part of Jackson, which a start need not wait for.
 *
 * <p><b>Threads:</b> any.
 */
final class ObjectMapping {

    private final JsonMapper mapper = newMapper();

    /** For the test that looks for generated accessors. */
    JsonMapper mapper() {
        return mapper;
    }

    private static JsonMapper newMapper() {
        JsonMapper fresh = JsonMapper.builder()
                .addModule(new GeneratedAccessors())
                .addModule(times())
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .build();
        fresh.getFactory()
                .setStreamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(ValueWriter.MAX_DEPTH)
                        .build());
        return fresh;
    }

    /** The same rules within objects as for properties. */
    private static SimpleModule times() {
        SimpleModule module = new SimpleModule("penstock-values");
        List.of(
                        Instant.class,
                        LocalDate.class,
                        LocalTime.class,
                        LocalDateTime.class,
                        OffsetTime.class,
                        Duration.class,
                        Period.class,
                        Year.class,
                        YearMonth.class)
                .forEach(type -> module.addSerializer(type, ToStringSerializer.instance));
        return module.addSerializer(
                        OffsetDateTime.class,
                        new InstantTextSerializer<>(OffsetDateTime.class, OffsetDateTime::toInstant))
                .addSerializer(
                        ZonedDateTime.class, new InstantTextSerializer<>(ZonedDateTime.class, ZonedDateTime::toInstant))
                .addSerializer(
                        Date.class,
                        new InstantTextSerializer<>(Date.class, date -> Instant.ofEpochMilli(date.getTime())))
                .addSerializer(Optional.class, new OptionalSerializer());
    }

    /**
     * Serializes one object.
     *
     * @param value any object
     * @param maxChars the most characters of JSON
     * @param onReplaced called for each number in it that JSON has no word for
     * @return its JSON, one value
     */
    String write(Object value, int maxChars, Runnable onReplaced) throws IOException {
        BoundedText text = new BoundedText(maxChars);
        try (JsonGenerator generator = new FiniteNumbers(mapper.getFactory().createGenerator(text), onReplaced)) {
            mapper.writeValue(generator, value);
        }
        String json = text.toString();
        requireJson(json);
        return json;
    }

    /** Whether there is a serializer for a class. */
    boolean canPrepare(Class<?> type) {
        try {
            mapper.getSerializerProviderInstance().findTypedValueSerializer(type, true, null);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** An object may bring raw text of its own, which must not spoil a whole batch. */
    private void requireJson(String json) throws IOException {
        try (JsonParser parser = mapper.getFactory().createParser(json)) {
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.getParsingContext().inRoot()) {
                    values += token.isStructStart() || token.isScalarValue() ? 1 : 0;
                }
            }
            if (values > 1) {
                throw new IOException("more than one value");
            }
        }
    }

    /** JSON has no NaN and no infinity: null, as for any other property. */
    private static final class FiniteNumbers extends JsonGeneratorDelegate {

        private final Runnable onReplaced;

        FiniteNumbers(JsonGenerator target, Runnable onReplaced) {
            super(target, false);
            this.onReplaced = onReplaced;
        }

        @Override
        public void writeNumber(double value) throws IOException {
            if (Double.isFinite(value)) {
                super.writeNumber(value);
            } else {
                onReplaced.run();
                super.writeNull();
            }
        }

        @Override
        public void writeNumber(float value) throws IOException {
            if (Float.isFinite(value)) {
                super.writeNumber(value);
            } else {
                onReplaced.run();
                super.writeNull();
            }
        }

        /** Numbers of other kinds come as text, and not every text is a number in JSON. */
        @Override
        public void writeNumber(String text) throws IOException {
            if (NumberText.isJson(text)) {
                super.writeNumber(text);
            } else if (text.equals("NaN") || text.endsWith("Infinity")) {
                onReplaced.run();
                super.writeNull();
            } else {
                super.writeString(text);
            }
        }

        @Override
        public void writeArray(double[] values, int offset, int length) throws IOException {
            super.writeStartArray();
            for (int i = offset; i < offset + length; i++) {
                writeNumber(values[i]);
            }
            super.writeEndArray();
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
