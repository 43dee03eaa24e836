package dev.penstock.engine.encode;

import static dev.penstock.engine.record.RecordLayout.INTS;
import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.engine.encode.SpaceWriter.Entry;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.record.RecordLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns a record into the JSON of one Segment message.
 *
 * <p>Why it is shaped so: one pass over the record for each object that the message has, which for most messages is one. As
 * in {@link EventEncoder}, that no name is given twice is assumed and watched; an object in which one may have been is
 * written again, with its last value only. Guarded by {@code MessageEncodeBenchmark}.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none, but for objects with a name given twice, for floats, and for doubles of
 * more than 15 digits. <b>Source:</b> Segment's HTTP tracking API and its common fields.
 */
public final class MessageEncoder implements RecordEncoder {

    /** By kind: the message's type, what its name is called, and what its properties are called, or null if it has none. */
    private static final byte[][] TYPES = new byte[RecordLayout.KIND_MESSAGE_ALIAS + 1][];

    private static final byte[][] NAMES = new byte[TYPES.length][];
    private static final byte[][] BODIES = new byte[TYPES.length][];

    static {
        form(RecordLayout.KIND_MESSAGE_IDENTIFY, "identify", "name", "traits");
        form(RecordLayout.KIND_MESSAGE_TRACK, "track", "event", "properties");
        form(RecordLayout.KIND_MESSAGE_PAGE, "page", "name", "properties");
        form(RecordLayout.KIND_MESSAGE_SCREEN, "screen", "name", "properties");
        form(RecordLayout.KIND_MESSAGE_GROUP, "group", "groupId", "traits");
        form(RecordLayout.KIND_MESSAGE_ALIAS, "alias", "previousId", null);
    }

    private static final byte[] MESSAGE_ID = ascii(",\"messageId\":\"");
    private static final byte[] USER_ID = ascii("\",\"userId\":\"");
    private static final byte[] ANONYMOUS_ID = ascii("\",\"anonymousId\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] CONTEXT = ascii(",\"context\":");
    private static final byte[] INTEGRATIONS = ascii(",\"integrations\":");
    private static final byte[] NOTHING = {};

    private final EntryWriter entries;

    /** What every message's context has besides its own, or null. */
    private final SharedProperties context;

    // The record being written.
    private byte[] record;
    private int offset;

    /**
     * Makes an encoder.
     *
     * @param registry the registered property keys
     * @param context what every message's context gets besides its own members, which win; or null
     */
    public MessageEncoder(KeyRegistry registry, PropertySnapshot context) {
        this.entries = new EntryWriter(registry);
        this.context = SharedProperties.of(context, entries);
    }

    private static void form(byte kind, String type, String name, String body) {
        TYPES[kind] = ascii("{\"type\":\"" + type);
        NAMES[kind] = ascii("\",\"" + name + "\":\"");
        BODIES[kind] = body == null ? null : ascii(",\"" + body + "\":");
    }

    @Override
    public void encode(byte[] bytes, int recordOffset, Object[] references, int at, JsonOutput out) {
        record = bytes;
        offset = recordOffset;
        int flags = RecordLayout.flags(bytes, recordOffset);
        int kind = bytes[recordOffset + RecordLayout.KIND];
        entries.open(bytes, recordOffset);
        envelope(kind, flags, out);
        boolean spaces = (flags & RecordLayout.FLAG_SPACES) != 0;
        if (spaces) {
            members(RecordLayout.SPACE_MESSAGE, out);
        }
        if (BODIES[kind] != null) {
            object(RecordLayout.SPACE_PROPERTIES, BODIES[kind], null, out);
        }
        if (spaces || context != null) {
            object(RecordLayout.SPACE_CONTEXT, CONTEXT, context, out);
        }
        if (spaces) {
            object(RecordLayout.SPACE_INTEGRATIONS, INTEGRATIONS, null, out);
        }
        out.ensure(1);
        out.put('}');
    }

    /** From the opening bracket to the time's closing quote. */
    private void envelope(int kind, int flags, JsonOutput out) {
        byte[] r = record;
        out.ensure(256);
        out.put(TYPES[kind]);
        if ((flags & RecordLayout.FLAG_MESSAGE_ID) == 0) {
            out.put('"');
            out.put(MESSAGE_ID);
            entries.uuid(out);
        }
        entries.toIds();
        if ((int) INTS.get(r, offset + RecordLayout.NAME_CHARS) > 0) {
            out.put(NAMES[kind]);
            entries.name(out);
            out.ensure(64);
        }
        out.put((flags & RecordLayout.FLAG_ANONYMOUS) != 0 ? ANONYMOUS_ID : USER_ID);
        entries.distinctId(out);
        out.ensure(128);
        out.put(TIMESTAMP);
        entries.time(
                (long) LONGS.get(r, offset + RecordLayout.EPOCH_SECOND),
                (int) INTS.get(r, offset + RecordLayout.NANOS),
                out);
        out.put('"');
    }

    /** Writes a space as an object, unless it is empty. */
    private void object(int space, byte[] name, SharedProperties shared, JsonOutput out) {
        int before = out.length();
        out.append(name);
        int start = out.length();
        if (!members(space, out) || !add(shared, out)) {
            out.truncate(start);
            merged(space, shared, out);
        }
        if (out.length() == start) {
            out.truncate(before);
        } else {
            out.close(start, '{', '}');
        }
    }

    /** Writes the entries of a space, each with a comma before it. False if a name may have been given twice. */
    private boolean members(int space, JsonOutput out) {
        int at = entries.toEntries();
        int end = entries.end();
        while (at < end) {
            at = entries.space(at) == space ? entries.member(at, out) : entries.skip(at);
        }
        return !entries.mayRepeat();
    }

    /** Adds shared members. False if one of their names may be there already. */
    private boolean add(SharedProperties shared, JsonOutput out) {
        if (shared == null) {
            return true;
        }
        for (int hash : shared.hashes()) {
            entries.note(hash);
        }
        out.appendShared(shared.properties(EventShape.PROPERTIES));
        return !entries.mayRepeat();
    }

    /** The careful way: the last value of each name, and of the shared ones what has not been said. */
    private void merged(int space, SharedProperties shared, JsonOutput out) {
        Map<String, Entry> last = new LinkedHashMap<>();
        int at = entries.toEntries();
        while (at < entries.end()) {
            if (entries.space(at) == space) {
                last.put(entries.keyAt(at), new Entry(at, entries.textAt()));
            }
            at = entries.skip(at);
        }
        for (Entry entry : last.values()) {
            entries.toText(entry.text());
            entries.member(entry.at(), out);
        }
        if (shared != null) {
            shared.members().forEach((name, member) -> out.append(last.containsKey(name) ? NOTHING : member));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
