package dev.penstock.engine.encode;

import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.record.RecordLayout;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties that many events share, as JSON made once. Every member has a comma before it.
 *
 * <p><b>Threads:</b> immutable; any.
 */
final class SharedProperties {

    private static final String SESSION = "$session_id";
    private static final String WINDOW = "$window_id";
    private static final byte[] NONE = {};

    private final Map<String, byte[]> members = new LinkedHashMap<>();
    private final int[] hashes;
    private final byte[] all;
    private final byte[] withoutIds;

    /** The root members of session and window; null if one of them is no string. */
    private final byte[] ids;

    /** No name among them decides about other properties. */
    private final boolean plain;

    private SharedProperties(byte[] record, EntryWriter reader) {
        boolean special = (RecordLayout.flags(record, 0) & RecordLayout.FLAG_OWNED_KEYS) != 0;
        JsonOutput json = new JsonOutput(256);
        reader.open(record, 0);
        int at = reader.toEntries();
        while (at < reader.end()) {
            special |= FlagProperties.mayBeNamed(reader, at);
            String name = reader.keyAt(at);
            special |= LiftedProperties.isLifted(name) && !name.equals(SESSION) && !name.equals(WINDOW);
            json.clear();
            at = reader.member(at, json);
            members.put(name, Arrays.copyOf(json.bytes(), json.length()));
        }
        plain = !special;
        ids = ids();
        hashes = members.keySet().stream().mapToInt(String::hashCode).toArray();
        all = joined(members);
        Map<String, byte[]> others = new LinkedHashMap<>(members);
        others.remove(SESSION);
        others.remove(WINDOW);
        withoutIds = joined(others);
    }

    /** Null for no snapshot. */
    static SharedProperties of(PropertySnapshot snapshot, EntryWriter reader) {
        if (snapshot == null) {
            return null;
        }
        if (snapshot.encoded() instanceof SharedProperties made) {
            return made;
        }
        SharedProperties made = new SharedProperties(snapshot.record(), reader);
        snapshot.keepEncoded(made);
        return made;
    }

    private byte[] ids() {
        byte[] session = rootMember(SESSION, "session_id");
        byte[] window = rootMember(WINDOW, "window_id");
        if (session == null || window == null) {
            return null;
        }
        byte[] both = Arrays.copyOf(session, session.length + window.length);
        System.arraycopy(window, 0, both, session.length, window.length);
        return both;
    }

    private byte[] rootMember(String property, String root) {
        byte[] member = members.get(property);
        if (member == null) {
            return NONE;
        }
        byte[] value = JsonMember.valueOf(property, member);
        return value[0] == '"' ? JsonMember.of(root, value) : null;
    }

    private static byte[] joined(Map<String, byte[]> members) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        members.values().forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** Whether they can be added to an event of this shape as they are, if none of their names is there already. */
    boolean isPlain(EventShape shape) {
        return plain && (shape == EventShape.PROPERTIES || ids != null);
    }

    /** Name to JSON member. */
    Map<String, byte[]> members() {
        return members;
    }

    /** The hash of each name. */
    int[] hashes() {
        return hashes;
    }

    /** Those that are properties in this shape; only if plain. */
    byte[] properties(EventShape shape) {
        return shape == EventShape.PROPERTIES ? all : withoutIds;
    }

    /** Those that stand beside the properties in this shape; only if plain. */
    byte[] roots(EventShape shape) {
        return shape == EventShape.PROPERTIES ? NONE : ids;
    }
}
