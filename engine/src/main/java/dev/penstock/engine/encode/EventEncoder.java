package dev.penstock.engine.encode;

import static dev.penstock.engine.record.RecordLayout.INTS;
import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.RecordLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns a record into the JSON of one event.
 *
 * <p>Why it is shaped so:
 *
 * <ol>
 *   <li>One pass over the record, forwards: entries and text are both read in order, and a registered key is one copy of
 *       bytes made once.
 *   <li>The client's own properties come first, so that every property of the caller's begins with a comma.
 *   <li>That a key is not given twice is assumed and watched; when it may have been, or when the caller has set one of
 *       the client's own properties, the event is written again with care. Those events are rare.
 *   <li>Our own writer, because Jackson's generator takes 1.6 times as long and allocates; see {@code
 *       docs/decisions/0003-json-encoder.md}.
 * </ol>
 *
 * <p>Guarded by {@code EncodeBenchmark}.
 *
 * <p><b>Threads:</b> only the pipeline thread. <b>Allocation:</b> none, but for events written with care and for doubles
 * of more than 15 digits.
 */
public final class EventEncoder {

    private static final byte[] EVENT = ascii("{\"event\":\"");
    private static final byte[] DISTINCT_ID = ascii("\",\"distinct_id\":\"");
    private static final byte[] UUID = ascii("\",\"uuid\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] PROPERTIES = ascii("\",\"properties\":{");
    private static final byte[] PERSONLESS = ascii(",\"$process_person_profile\":false");
    private static final byte[] GROUPS = ascii(",\"$groups\":{");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** Room for the longest value of fixed width, a key's comma, quotes and colon, and a closing bracket. */
    private static final int ENTRY_ROOM = 64;

    private final SystemProperties system;
    private final boolean ownsServerProperty;
    private final KeyTable keys;
    private final SeenKeys seen = new SeenKeys();
    private final JsonTime time = new JsonTime();

    // The record being read.
    private byte[] record;
    private int textAt;
    private boolean wide;
    private boolean keyMayRepeat;

    /** The properties of the flags attached to it, or null. */
    private FlagProperties features;

    /**
     * Makes an encoder.
     *
     * @param registry the registered property keys
     * @param system the client's own properties
     */
    public EventEncoder(KeyRegistry registry, SystemProperties system) {
        this.keys = new KeyTable(registry);
        this.system = system;
        this.ownsServerProperty = system.fragments().containsKey("$is_server");
    }

    /**
     * Appends an event.
     *
     * @param bytes holds the record
     * @param offset index of its first byte
     * @param attached the feature flags attached to the event, or null
     * @param out where the JSON goes
     */
    public void encode(byte[] bytes, int offset, AttachedFlags attached, JsonOutput out) {
        int flags = bytes[offset + RecordLayout.FLAGS];
        int start = out.length();
        record = bytes;
        features = attached == null ? null : FlagProperties.of(attached);
        wide = (flags & RecordLayout.FLAG_WIDE) != 0;
        envelope(offset, out);
        if ((flags & RecordLayout.FLAG_OWNED_KEYS) == 0 && properties(offset, flags, out)) {
            return;
        }
        out.truncate(start);
        envelope(offset, out);
        propertiesWithCare(offset, flags, out);
    }

    private void envelope(int offset, JsonOutput out) {
        byte[] r = record;
        textAt = offset + (int) INTS.get(r, offset + RecordLayout.IDS_OFFSET);
        out.ensure(256);
        out.put(EVENT);
        text((int) INTS.get(r, offset + RecordLayout.NAME_CHARS), out);
        out.ensure(64);
        out.put(DISTINCT_ID);
        text((int) INTS.get(r, offset + RecordLayout.DISTINCT_ID_CHARS), out);
        out.ensure(256);
        out.put(UUID);
        JsonUuid.write(
                (long) LONGS.get(r, offset + RecordLayout.UUID_HIGH),
                (long) LONGS.get(r, offset + RecordLayout.UUID_LOW),
                out);
        out.put(TIMESTAMP);
        time.write(
                (long) LONGS.get(r, offset + RecordLayout.EPOCH_SECOND),
                (int) INTS.get(r, offset + RecordLayout.NANOS),
                out);
        out.put(PROPERTIES);
    }

    /** False if a key may have been given twice. */
    private boolean properties(int offset, int flags, JsonOutput out) {
        out.ensure(system.all().length + ENTRY_ROOM);
        out.put(system.all());
        seen.clear();
        keyMayRepeat = false;
        textAt = offset + (int) INTS.get(record, offset + RecordLayout.TEXT_OFFSET);
        int end = textAt;
        int at = offset + RecordLayout.ENTRIES;
        while (at < end) {
            if (isGroup(at)) {
                at = skip(at);
            } else {
                keyMayRepeat |= features != null && mayBeFeature(at);
                at = member(at, out);
            }
        }
        if (keyMayRepeat) {
            return false;
        }
        if (features != null) {
            out.ensure(features.all().length);
            out.put(features.all());
        }
        finish(offset, flags, out);
        return true;
    }

    /** Whether the caller's property may have the name of one that an attached flag becomes. */
    private boolean mayBeFeature(int at) {
        int id = (int) INTS.get(record, at) >>> 16;
        if (id == RecordLayout.KEY_IN_TEXT) {
            return (int) INTS.get(record, at + 4) > 1 && FlagProperties.mayBeNamed(record[textAt], record[textAt + 1]);
        }
        String name = keys.name(id);
        return name.length() > 1 && FlagProperties.mayBeNamed(name.charAt(0), name.charAt(1));
    }

    private void finish(int offset, int flags, JsonOutput out) {
        if ((flags & RecordLayout.FLAG_GROUPS) != 0) {
            groups(offset, out);
        }
        out.ensure(PERSONLESS.length + 2);
        if ((flags & (RecordLayout.FLAG_PERSONLESS | RecordLayout.FLAG_PERSON_PROFILE))
                == RecordLayout.FLAG_PERSONLESS) {
            out.put(PERSONLESS);
        }
        out.put('}');
        out.put('}');
    }

    private boolean isGroup(int at) {
        return record[at] == RecordLayout.GROUP;
    }

    /** Writes an entry of the event's properties, comma first. Answers where the next one is. */
    private int member(int at, JsonOutput out) {
        int head = (int) INTS.get(record, at);
        int id = head >>> 16;
        if (id == RecordLayout.KEY_IN_TEXT) {
            keyMayRepeat |= !seen.add(hashOf(at));
            out.ensure(ENTRY_ROOM);
            out.put(',');
            key((int) INTS.get(record, at + 4), out);
            return value((byte) head, at + 12, out);
        }
        byte[] member = keys.member(id);
        keyMayRepeat |= !seen.add(keys.hash(id));
        out.ensure(member.length + ENTRY_ROOM);
        out.put(member);
        return value((byte) head, at + 4, out);
    }

    /** The hash was taken before lone surrogates were replaced, and two keys may differ in nothing else. */
    private int hashOf(int at) {
        if (!wide) {
            return (int) INTS.get(record, at + 8);
        }
        return JsonText.hashUtf8(record, textAt, (int) INTS.get(record, at + 4));
    }

    private void key(int chars, JsonOutput out) {
        out.put('"');
        text(chars, out);
        out.ensure(ENTRY_ROOM);
        out.put('"');
        out.put(':');
    }

    /** Writes a value; the caller has made {@link #ENTRY_ROOM}. Answers where the next entry is. */
    private int value(byte type, int at, JsonOutput out) {
        byte[] r = record;
        switch (type) {
            case RecordLayout.STRING -> {
                out.put('"');
                text((int) INTS.get(r, at), out);
                out.ensure(ENTRY_ROOM);
                out.put('"');
                return at + 4;
            }
            case RecordLayout.LONG -> {
                JsonNumber.write((long) LONGS.get(r, at), out);
                return at + 8;
            }
            case RecordLayout.DOUBLE -> {
                JsonNumber.write(Double.longBitsToDouble((long) LONGS.get(r, at)), out);
                return at + 8;
            }
            case RecordLayout.FLOAT -> {
                JsonNumber.write(Float.intBitsToFloat((int) INTS.get(r, at)), out);
                return at + 4;
            }
            case RecordLayout.TRUE -> {
                out.put(TRUE);
                return at;
            }
            case RecordLayout.FALSE -> {
                out.put(FALSE);
                return at;
            }
            case RecordLayout.RAW -> {
                raw((int) INTS.get(r, at), out);
                return at + 4;
            }
            case RecordLayout.INSTANT -> {
                out.put('"');
                time.write((long) LONGS.get(r, at), (int) INTS.get(r, at + 8), out);
                out.put('"');
                return at + 12;
            }
            case RecordLayout.UUID -> {
                out.put('"');
                JsonUuid.write((long) LONGS.get(r, at), (long) LONGS.get(r, at + 8), out);
                out.put('"');
                return at + 16;
            }
            case RecordLayout.OBJECT -> {
                return container(at, '{', '}', out);
            }
            case RecordLayout.ARRAY -> {
                return container(at, '[', ']', out);
            }
            default -> {
                out.put(NULL);
                return at;
            }
        }
    }

    private int container(int from, char open, char close, JsonOutput out) {
        byte[] r = record;
        int at = from;
        out.put(open);
        boolean first = true;
        for (; ; ) {
            int head = (int) INTS.get(r, at);
            byte type = (byte) head;
            out.ensure(ENTRY_ROOM);
            if (type == RecordLayout.END) {
                out.put(close);
                return at + 4;
            }
            if (!first) {
                out.put(',');
            }
            if (head >>> 16 == RecordLayout.KEY_IN_TEXT) {
                key((int) INTS.get(r, at + 4), out);
                at += 12;
            } else {
                at += 4;
            }
            first = false;
            at = value(type, at, out);
        }
    }

    private void text(int chars, JsonOutput out) {
        if (wide) {
            textAt = JsonText.writeUtf8(record, textAt, chars, out);
        } else {
            JsonText.writeLatin1(record, textAt, chars, out);
            textAt += chars;
        }
    }

    /** Text that is JSON already: ASCII bytes as they are, the rest as UTF-8. */
    private void raw(int chars, JsonOutput out) {
        int from = textAt;
        skipText(chars);
        out.ensure(2 * (textAt - from) + ENTRY_ROOM);
        for (int i = from; i < textAt; i++) {
            int b = record[i];
            if (b >= 0 || wide) {
                out.put(b);
            } else {
                out.put(0xC0 | ((b & 0xFF) >> 6));
                out.put(0x80 | (b & 0x3F));
            }
        }
    }

    private void skipText(int chars) {
        textAt = wide ? JsonText.skipUtf8(record, textAt, chars) : textAt + chars;
    }

    /** Skips an entry with everything in it. Answers where the next one is. */
    private int skip(int at) {
        byte[] r = record;
        int head = (int) INTS.get(r, at);
        int next = at + 4;
        if (head >>> 16 == RecordLayout.KEY_IN_TEXT) {
            skipText((int) INTS.get(r, at + 4));
            next = at + 12;
        }
        switch ((byte) head) {
            case RecordLayout.LONG, RecordLayout.DOUBLE -> next += 8;
            case RecordLayout.FLOAT -> next += 4;
            case RecordLayout.INSTANT -> next += 12;
            case RecordLayout.UUID -> next += 16;
            case RecordLayout.STRING, RecordLayout.RAW, RecordLayout.GROUP -> {
                skipText((int) INTS.get(r, next));
                next += 4;
            }
            case RecordLayout.OBJECT, RecordLayout.ARRAY -> {
                while (r[next] != RecordLayout.END) {
                    next = skip(next);
                }
                next += 4;
            }
            default -> {
                // no value
            }
        }
        return next;
    }

    private void groups(int offset, JsonOutput out) {
        textAt = offset + (int) INTS.get(record, offset + RecordLayout.TEXT_OFFSET);
        int end = textAt;
        int at = offset + RecordLayout.ENTRIES;
        Map<String, String> groups = new LinkedHashMap<>();
        while (at < end) {
            if (isGroup(at)) {
                String type = readText((int) INTS.get(record, at + 4));
                groups.put(type, readText((int) INTS.get(record, at + 12)));
                at += 16;
            } else {
                at = skip(at);
            }
        }
        out.ensure(GROUPS.length);
        out.put(GROUPS);
        boolean first = true;
        for (Map.Entry<String, String> group : groups.entrySet()) {
            byte[] type = JsonText.quoted(group.getKey());
            byte[] key = JsonText.quoted(group.getValue());
            out.ensure(type.length + key.length + 4);
            if (!first) {
                out.put(',');
            }
            first = false;
            out.put(type);
            out.put(':');
            out.put(key);
        }
        out.ensure(1);
        out.put('}');
    }

    private String readText(int chars) {
        int from = textAt;
        skipText(chars);
        return new String(record, from, textAt - from, wide ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private void propertiesWithCare(int offset, int flags, JsonOutput out) {
        seen.clear();
        Map<String, Integer> last = lastEntries(offset);
        boolean hasGroups = (flags & RecordLayout.FLAG_GROUPS) != 0;
        boolean first = true;
        for (Map.Entry<String, byte[]> own : system.fragments().entrySet()) {
            if (!last.containsKey(own.getKey()) || winsOverCaller(own.getKey())) {
                out.ensure(own.getValue().length + 1);
                if (!first) {
                    out.put(',');
                }
                out.put(own.getValue());
                first = false;
            }
        }
        textAt = offset + (int) INTS.get(record, offset + RecordLayout.TEXT_OFFSET);
        int end = textAt;
        int at = offset + RecordLayout.ENTRIES;
        while (at < end) {
            int text = textAt;
            String key = isGroup(at) ? null : keyOf(at);
            textAt = text;
            boolean wanted = key != null
                    && last.get(key) == at
                    && !(winsOverCaller(key) && system.fragments().containsKey(key))
                    && !(hasGroups && key.equals("$groups"))
                    && !(key.equals("$geoip_disable") && record[at] == RecordLayout.FALSE);
            at = wanted ? member(at, out) : skip(at);
        }
        if (features != null) {
            featuresNotIn(last, out);
        }
        finish(offset, flags, out);
    }

    private void featuresNotIn(Map<String, Integer> given, JsonOutput out) {
        for (Map.Entry<String, byte[]> feature : features.members().entrySet()) {
            if (!given.containsKey(feature.getKey())) {
                out.ensure(feature.getValue().length);
                out.put(feature.getValue());
            }
        }
    }

    /** The client's identity and place are facts; where it runs and who is located are the caller's to say. */
    private boolean winsOverCaller(String name) {
        return name.equals("$lib") || name.equals("$lib_version") || (ownsServerProperty && name.equals("$is_server"));
    }

    private Map<String, Integer> lastEntries(int offset) {
        Map<String, Integer> last = new LinkedHashMap<>();
        textAt = offset + (int) INTS.get(record, offset + RecordLayout.TEXT_OFFSET);
        int end = textAt;
        int at = offset + RecordLayout.ENTRIES;
        while (at < end) {
            if (!isGroup(at)) {
                int text = textAt;
                last.put(keyOf(at), at);
                textAt = text;
            }
            at = skip(at);
        }
        return last;
    }

    private String keyOf(int at) {
        int id = (int) INTS.get(record, at) >>> 16;
        return id == RecordLayout.KEY_IN_TEXT ? readText((int) INTS.get(record, at + 4)) : keys.name(id);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
