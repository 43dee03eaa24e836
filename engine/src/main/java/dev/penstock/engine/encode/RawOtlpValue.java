package dev.penstock.engine.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Turns a value that is JSON already, an object of the application's or a big number, into an OTLP value.
 *
 * <p>What an integer or a double of 64 bits cannot hold becomes its digits as text, and so does JSON that cannot be read.
 * Null has no OTLP value: it is left out, with its key if it has one.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> a parser and every text.
 */
final class RawOtlpValue {

    private final JsonFactory factory = new JsonFactory();

    /**
     * Appends a value.
     *
     * @param json the value as JSON
     * @param depth how many containers it stands in
     * @param out where it goes
     * @return false if there is nothing to say; nothing is appended then
     */
    boolean write(String json, int depth, JsonOutput out) {
        int start = out.length();
        try (JsonParser parser = factory.createParser(json)) {
            return value(parser, parser.nextToken(), depth, out);
        } catch (IOException e) {
            out.truncate(start);
            text(json, out);
            return true;
        }
    }

    private boolean value(JsonParser parser, JsonToken token, int depth, JsonOutput out) throws IOException {
        out.ensure(OtlpValue.ROOM);
        switch (token) {
            case VALUE_STRING -> text(parser.getText(), out);
            case VALUE_TRUE -> out.put(OtlpValue.TRUE);
            case VALUE_FALSE -> out.put(OtlpValue.FALSE);
            case VALUE_NUMBER_INT -> integer(parser, out);
            case VALUE_NUMBER_FLOAT -> number(parser, out);
            case START_ARRAY, START_OBJECT -> {
                if (depth >= OtlpValue.MAX_DEPTH) {
                    parser.skipChildren();
                    return false;
                }
                container(parser, token == JsonToken.START_OBJECT, depth + 1, out);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void container(JsonParser parser, boolean isObject, int depth, JsonOutput out) throws IOException {
        out.put(isObject ? OtlpValue.OBJECT : OtlpValue.ARRAY);
        boolean first = true;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            int start = out.length();
            out.ensure(OtlpValue.ROOM);
            if (!first) {
                out.put(',');
            }
            boolean written = isObject ? member(parser, depth, out) : value(parser, token, depth, out);
            if (written) {
                first = false;
            } else {
                out.truncate(start);
            }
        }
        out.ensure(OtlpValue.ROOM);
        out.put(OtlpValue.CONTAINER_END);
    }

    private boolean member(JsonParser parser, int depth, JsonOutput out) throws IOException {
        out.put(OtlpValue.KEY);
        content(parser.currentName(), out);
        out.put(OtlpValue.KEY_END);
        boolean written = value(parser, parser.nextToken(), depth, out);
        out.ensure(1);
        out.put('}');
        return written;
    }

    private static void integer(JsonParser parser, JsonOutput out) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            text(parser.getText(), out);
        } else {
            OtlpValue.integer(parser.getLongValue(), out);
        }
    }

    private static void number(JsonParser parser, JsonOutput out) throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isFinite(value)) {
            OtlpValue.number(value, out);
        } else {
            text(parser.getText(), out);
        }
    }

    private static void text(String text, JsonOutput out) {
        out.ensure(OtlpValue.ROOM);
        out.put(OtlpValue.STRING);
        content(text, out);
        out.put(OtlpValue.STRING_END);
    }

    /** Leaves {@link OtlpValue#ROOM} behind it. */
    private static void content(String text, JsonOutput out) {
        byte[] quoted = JsonText.quoted(text);
        out.ensure(quoted.length + OtlpValue.ROOM);
        for (int i = 1; i < quoted.length - 1; i++) {
            out.put(quoted[i]);
        }
    }
}
