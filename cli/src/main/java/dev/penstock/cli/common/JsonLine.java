package dev.penstock.cli.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** One JSON object on one line, its fields in the order given. One thread at a time. */
public final class JsonLine {
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;

    /** Begins an object. */
    public JsonLine() {
        try {
            json = new JsonFactory().createGenerator(text);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a text.
     *
     * @param name the field's name
     * @param value its value
     * @return this
     */
    public JsonLine put(String name, String value) {
        return write(() -> json.writeStringField(name, value));
    }

    /**
     * Adds a whole number.
     *
     * @param name the field's name
     * @param value its value
     * @return this
     */
    public JsonLine put(String name, long value) {
        return write(() -> json.writeNumberField(name, value));
    }

    /**
     * Adds a truth.
     *
     * @param name the field's name
     * @param value its value
     * @return this
     */
    public JsonLine put(String name, boolean value) {
        return write(() -> json.writeBooleanField(name, value));
    }

    /**
     * Adds seconds with three decimals.
     *
     * @param name the field's name
     * @param nanos its value in nanoseconds
     * @return this
     */
    public JsonLine putSeconds(String name, long nanos) {
        return write(() -> {
            json.writeFieldName(name);
            json.writeNumber(BigDecimal.valueOf(Math.round(nanos / 1e6), 3));
        });
    }

    /**
     * Adds texts as an array.
     *
     * @param name the field's name
     * @param values its values
     * @return this
     */
    public JsonLine putAll(String name, List<String> values) {
        return write(() -> {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        });
    }

    /**
     * Begins an object in a field; {@link #end()} ends it.
     *
     * @param name the field's name
     * @return this
     */
    public JsonLine begin(String name) {
        return write(() -> json.writeObjectFieldStart(name));
    }

    /**
     * Ends the object begun last.
     *
     * @return this
     */
    public JsonLine end() {
        return write(json::writeEndObject);
    }

    /**
     * Ends the whole.
     *
     * @return the text, without a line break
     */
    public String finish() {
        write(() -> {
            json.writeEndObject();
            json.close();
        });
        return text.toString();
    }

    private JsonLine write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
