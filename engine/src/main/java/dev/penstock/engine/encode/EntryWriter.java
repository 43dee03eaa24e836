package dev.penstock.engine.encode;

import static dev.penstock.engine.record.RecordLayout.INTS;
import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.RecordLayout;
import java.nio.charset.StandardCharsets;

/**
 * Reads the entries of a record and writes them as JSON.
 *
 * <p>Why it is shaped so: entries and text are both read in order, so one pass needs two positions and nothing else; a
 * registered key is one copy of bytes made once. That a key is not given twice is watched with a set of hashes; {@link
 * #mayRepeat()} tells in the end. Guarded by {@code EncodeBenchmark}.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none, but for floats, doubles of more than 15 digits and {@link #keyAt}.
 */
final class EntryWriter {

    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** Room for the longest value of fixed width, a key's comma, quotes and colon, and a closing bracket. */
    private static final int ENTRY_ROOM = 64;

    private final KeyTable keys;
    private final SeenKeys seen = new SeenKeys();
    private final JsonTime time = new JsonTime();

    private byte[] record;
    private int offset;
    private int textAt;
    private boolean wide;
    private boolean keyMayRepeat;

    EntryWriter(KeyRegistry registry) {
        this.keys = new KeyTable(registry);
    }

    /** Begins a record. */
    void open(byte[] bytes, int recordOffset) {
        record = bytes;
        offset = recordOffset;
        wide = (RecordLayout.flags(bytes, recordOffset) & RecordLayout.FLAG_WIDE) != 0;
    }

    /** Goes to the event's name, which the distinct id follows. */
    void toIds() {
        textAt = offset + (int) INTS.get(record, offset + RecordLayout.IDS_OFFSET);
    }

    void name(JsonOutput out) {
        markedText((int) INTS.get(record, offset + RecordLayout.NAME_CHARS), out);
    }

    void skipName() {
        skipText((int) INTS.get(record, offset + RecordLayout.NAME_CHARS));
    }

    void distinctId(JsonOutput out) {
        markedText((int) INTS.get(record, offset + RecordLayout.DISTINCT_ID_CHARS), out);
    }

    private void markedText(int chars, JsonOutput out) {
        int begin = out.length();
        text(chars, out);
        out.markText(begin);
    }

    void time(long epochSecond, int nanos, JsonOutput out) {
        int begin = out.length();
        time.write(epochSecond, nanos, out);
        out.markText(begin);
    }

    /** Writes the event's UUID. */
    void uuid(JsonOutput out) {
        int begin = out.length();
        JsonUuid.write(
                (long) LONGS.get(record, offset + RecordLayout.UUID_HIGH),
                (long) LONGS.get(record, offset + RecordLayout.UUID_LOW),
                out);
        out.markText(begin);
    }

    /** Goes to the first entry. Answers where it is. */
    int toEntries() {
        seen.clear();
        keyMayRepeat = false;
        textAt = end();
        return offset + RecordLayout.ENTRIES;
    }

    /** Where the entries end. */
    int end() {
        return offset + (int) INTS.get(record, offset + RecordLayout.TEXT_OFFSET);
    }

    /** Whether two of the keys met so far may be the same. */
    boolean mayRepeat() {
        return keyMayRepeat;
    }

    /** Notes a key that somebody else writes. */
    void note(int hash) {
        keyMayRepeat |= !seen.add(hash);
    }

    /** Where the text of the entry at hand begins. */
    int textAt() {
        return textAt;
    }

    /** Goes to an entry whose place in the text is known. */
    void toText(int position) {
        textAt = position;
    }

    /** What the entry at hand belongs to. */
    int space(int at) {
        return record[at + 1];
    }

    /** A character of the key of the entry at hand, if it is ASCII so far; something else if not, or if there is none. */
    int keyChar(int at, int index) {
        int id = (int) INTS.get(record, at) >>> 16;
        if (id == RecordLayout.KEY_IN_TEXT) {
            return (int) INTS.get(record, at + 4) > index ? record[textAt + index] : -1;
        }
        String name = keys.name(id);
        return name.length() > index ? name.charAt(index) : -1;
    }

    /** The key of the entry at hand; the text stays where it is. */
    String keyAt(int at) {
        int id = (int) INTS.get(record, at) >>> 16;
        if (id != RecordLayout.KEY_IN_TEXT) {
            return keys.name(id);
        }
        int from = textAt;
        skipText((int) INTS.get(record, at + 4));
        String key =
                new String(record, from, textAt - from, wide ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        textAt = from;
        return key;
    }

    /** Writes the value alone of the entry at hand. */
    void valueAt(int at, JsonOutput out) {
        int head = (int) INTS.get(record, at);
        out.ensure(ENTRY_ROOM);
        if (head >>> 16 == RecordLayout.KEY_IN_TEXT) {
            skipText((int) INTS.get(record, at + 4));
            value((byte) head, at + 12, out);
        } else {
            value((byte) head, at + 4, out);
        }
    }

    /** Writes an entry of the event's properties, comma first. Answers where the next one is. */
    int member(int at, JsonOutput out) {
        int head = (int) INTS.get(record, at);
        int id = head >>> 16;
        if (id == RecordLayout.KEY_IN_TEXT) {
            note(hashOf(at));
            out.ensure(ENTRY_ROOM);
            out.put(',');
            key((int) INTS.get(record, at + 4), out);
            return markedValue((byte) head, at + 12, out);
        }
        byte[] member = keys.member(id);
        note(keys.hash(id));
        out.ensure(member.length + ENTRY_ROOM);
        out.put(member);
        return markedValue((byte) head, at + 4, out);
    }

    private int markedValue(byte type, int at, JsonOutput out) {
        int begin = out.length();
        int next = value(type, at, out);
        out.markValue(begin);
        return next;
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
    int skip(int at) {
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
            case RecordLayout.STRING, RecordLayout.RAW -> {
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
