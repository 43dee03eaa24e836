package dev.penstock.engine.encode;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties that the client adds to every event, as JSON made once.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class SystemProperties {

    private final Map<String, byte[]> fragments = new LinkedHashMap<>();
    private final byte[] all;

    /**
     * Makes the JSON of properties.
     *
     * @param properties name to a string or boolean value; {@code $lib} comes first and is always there
     */
    public SystemProperties(Map<String, Object> properties) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        properties.forEach((name, value) -> {
            ByteArrayOutputStream fragment = new ByteArrayOutputStream();
            fragment.writeBytes(JsonText.quoted(name));
            fragment.write(':');
            fragment.writeBytes(
                    value instanceof Boolean
                            ? value.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII)
                            : JsonText.quoted(String.valueOf(value)));
            fragments.put(name, fragment.toByteArray());
            if (joined.size() > 0) {
                joined.write(',');
            }
            joined.writeBytes(fragment.toByteArray());
        });
        all = joined.toByteArray();
    }

    /** All of them, with commas between. */
    byte[] all() {
        return all;
    }

    /** Name to JSON member. */
    Map<String, byte[]> fragments() {
        return fragments;
    }
}
