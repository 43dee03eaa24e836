package dev.penstock.engine.encode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties that the client adds to every event, as JSON made once. Every member has a comma before it.
 *
 * <p><b>Threads:</b> immutable; any.
 */
public final class SystemProperties {

    static final String GEOIP = "$geoip_disable";
    static final byte[] GEOIP_DISABLED = member(GEOIP, true);

    private final Map<String, byte[]> members = new LinkedHashMap<>();
    private final byte[] all;
    private final byte[] withGeoIp;
    private final byte[] withoutGeoIp;

    /**
     * Makes the JSON of properties.
     *
     * @param properties name to a string or boolean value
     */
    public SystemProperties(Map<String, Object> properties) {
        properties.forEach((name, value) -> members.put(name, member(name, value)));
        all = joined(members);
        Map<String, byte[]> others = new LinkedHashMap<>(members);
        others.remove(GEOIP);
        withGeoIp = joined(others);
        others.put(GEOIP, GEOIP_DISABLED);
        withoutGeoIp = joined(others);
    }

    /** All of them. */
    byte[] all() {
        return all;
    }

    /** All of them for an event whose place may be derived. */
    byte[] withGeoIp() {
        return withGeoIp;
    }

    /** All of them for an event whose place must not be derived. */
    byte[] withoutGeoIp() {
        return withoutGeoIp;
    }

    /** Name to JSON member. */
    Map<String, byte[]> members() {
        return members;
    }

    private static byte[] joined(Map<String, byte[]> members) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        members.values().forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static byte[] member(String name, Object value) {
        byte[] json = value instanceof Boolean
                ? value.toString().getBytes(StandardCharsets.US_ASCII)
                : JsonText.quoted(String.valueOf(value));
        return JsonMember.of(name, json);
    }
}
