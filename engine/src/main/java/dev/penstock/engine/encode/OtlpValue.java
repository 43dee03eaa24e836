package dev.penstock.engine.encode;

import java.nio.charset.StandardCharsets;

/** The pieces that every OTLP value is written with; each says what kind of value it is. */
final class OtlpValue {

    static final byte[] STRING = ascii("{\"stringValue\":\"");
    static final byte[] STRING_END = ascii("\"}");
    static final byte[] INT = ascii("{\"intValue\":\"");
    static final byte[] DOUBLE = ascii("{\"doubleValue\":");
    static final byte[] TRUE = ascii("{\"boolValue\":true}");
    static final byte[] FALSE = ascii("{\"boolValue\":false}");
    static final byte[] ARRAY = ascii("{\"arrayValue\":{\"values\":[");
    static final byte[] OBJECT = ascii("{\"kvlistValue\":{\"values\":[");
    static final byte[] CONTAINER_END = ascii("]}}");
    static final byte[] KEY = ascii("{\"key\":\"");
    static final byte[] KEY_END = ascii("\",\"value\":");

    /** Room for any of these, the longest number and a comma. */
    static final int ROOM = 96;

    /** The server's parser ends at 128 levels of JSON, and a level here is up to four of those. */
    static final int MAX_DEPTH = 24;

    private OtlpValue() {}

    /** Needs {@link #ROOM}. */
    static void integer(long value, JsonOutput out) {
        out.put(INT);
        JsonNumber.write(value, out);
        out.put(STRING_END);
    }

    /** Needs {@link #ROOM}; the value is finite. */
    static void number(double value, JsonOutput out) {
        out.put(DOUBLE);
        JsonNumber.write(value, out);
        out.put('}');
    }

    /** Needs {@link #ROOM}; the value is finite. */
    static void number(float value, JsonOutput out) {
        out.put(DOUBLE);
        JsonNumber.write(value, out);
        out.put('}');
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
