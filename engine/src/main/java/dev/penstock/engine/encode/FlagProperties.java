package dev.penstock.engine.encode;

import dev.penstock.client.flags.FlagValue;
import dev.penstock.engine.record.AttachedFlags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties that attached flags become, as JSON made once.
 *
 * <p><b>Threads:</b> immutable; any.
 */
final class FlagProperties {

    private static final String ACTIVE = "$active_feature_flags";
    private static final String FEATURE = "$feature/";

    private final Map<String, byte[]> members = new LinkedHashMap<>();
    private final byte[] all;

    private FlagProperties(Map<String, FlagValue> values) {
        ByteArrayOutputStream active = new ByteArrayOutputStream();
        for (Map.Entry<String, FlagValue> flag : new TreeMap<>(values).entrySet()) {
            String property = FEATURE + flag.getKey();
            members.put(property, JsonMember.of(property, json(flag.getValue())));
            if (flag.getValue().isEnabled()) {
                active.write(active.size() == 0 ? '[' : ',');
                active.writeBytes(JsonText.quoted(flag.getKey()));
            }
        }
        if (active.size() > 0) {
            active.write(']');
            members.put(ACTIVE, JsonMember.of(ACTIVE, active.toByteArray()));
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        members.values().forEach(joined::writeBytes);
        all = joined.toByteArray();
    }

    static FlagProperties of(AttachedFlags flags) {
        if (flags.encoded() instanceof FlagProperties made) {
            return made;
        }
        FlagProperties made = new FlagProperties(flags.values());
        flags.keepEncoded(made);
        return made;
    }

    /** Whether the entry at hand may have the name of one of these. */
    static boolean mayBeNamed(EntryWriter entries, int at) {
        if (entries.keyChar(at, 0) != '$') {
            return false;
        }
        int second = entries.keyChar(at, 1);
        int third = entries.keyChar(at, 2);
        return (second == 'f' && third == 'e') || (second == 'a' && third == 'c');
    }

    /** All members, each with a comma before it. */
    byte[] all() {
        return all;
    }

    /** Name to JSON member with a comma before it. */
    Map<String, byte[]> members() {
        return members;
    }

    private static byte[] json(FlagValue value) {
        return value.isVariant()
                ? JsonText.quoted(value.variant())
                : Boolean.toString(value.isEnabled()).getBytes(StandardCharsets.US_ASCII);
    }
}
