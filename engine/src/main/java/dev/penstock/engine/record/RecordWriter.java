package dev.penstock.engine.record;

import static dev.penstock.engine.record.RecordLayout.INTS;
import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.client.PropertyKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one event record at a time into memory of its own.
 *
 * <p>Why it is shaped so: fixed-width fields go straight into a byte array, text is only gathered, char by char array,
 * and encoded in one call at the end. One ISO-8859-1 encoder call for all six strings of a typical event costs 40 ns,
 * one call per string 110 to 120; the encoder also proves that nothing wider was among them, and if something was, the
 * gathered chars are written again as UTF-8. Guarded by {@code CaptureBenchmark}.
 *
 * <p>A value whose writing fails half-way is taken back with {@link #mark()}, {@link #state()} and {@link #reset}. An event that
 * outgrows the limit stops growing and {@link #isTooLarge()} says so.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> none, once its arrays have grown to the usual event; {@link
 * #shrink()} gives back what an unusual one took.
 */
public final class RecordWriter {

    private static final int INITIAL_BYTES = 1_024;
    private static final int INITIAL_CHARS = 512;
    private static final int RETAINED_BYTES = 64 * 1_024;
    private static final int RETAINED_CHARS = 32 * 1_024;

    /** A key and a 16-byte value: the most that one entry takes in the fixed part. */
    private static final int MAX_ENTRY = 4 + 8 + 16;

    private final KeyRegistry keys;
    private final int maxEventBytes;
    private final HeldText distinctId;
    private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();

    private byte[] bytes = new byte[INITIAL_BYTES];
    private char[] text = new char[INITIAL_CHARS];
    private ByteBuffer bytesView = ByteBuffer.wrap(bytes);
    private CharBuffer textView = CharBuffer.wrap(text);

    /** The last place an entry of any kind fits at without growing. */
    private int lastEntry = INITIAL_BYTES - MAX_ENTRY;

    private int position;
    private int chars;
    private int entries;
    private int flags;
    private int depth;

    /** The space of the entries being written, in its place within an entry's head. */
    private int space;

    private boolean tooLarge;

    /**
     * Makes a writer.
     *
     * @param keys the registry whose keys may be written as ids
     * @param maxEventBytes the limit of an event's JSON
     */
    public RecordWriter(KeyRegistry keys, int maxEventBytes) {
        this.keys = keys;
        this.maxEventBytes = maxEventBytes;
        this.distinctId = new HeldText(maxEventBytes);
    }

    /** Forgets what was written and begins a record without name and distinct id. */
    public void begin() {
        position = RecordLayout.ENTRIES;
        chars = 0;
        entries = 0;
        flags = 0;
        depth = 0;
        space = 0;
        tooLarge = false;
        distinctId.clear();
    }

    /**
     * Says whom the event is about; again, if need be.
     *
     * @param id the id, or null
     */
    public void distinctId(String id) {
        distinctId.set(id);
    }

    /**
     * Whom the event is about, as far as is known.
     *
     * @return this writer's own; empty until said
     */
    public HeldText distinctId() {
        return distinctId;
    }

    /**
     * Chooses where the entries that follow belong.
     *
     * @param newSpace one of the {@code SPACE_} constants of {@link RecordLayout}; a new record begins with the properties
     */
    public void space(int newSpace) {
        space = newSpace << 8;
    }

    /**
     * Sets a flag of {@link RecordLayout}.
     *
     * @param flag the flag's bit
     */
    public void flag(int flag) {
        flags |= flag;
    }

    /**
     * The flags set so far, by what was written as well.
     *
     * @return bits of the {@code FLAG_} constants of {@link RecordLayout}
     */
    public int flags() {
        return flags;
    }

    /**
     * Whether the event is certainly over the limit. What is written after that is ignored.
     *
     * @return true if it is
     */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /**
     * Remembers this place.
     *
     * @return a mark for {@link #reset(long, long)}
     */
    public long mark() {
        return ((long) position << 32) | chars;
    }

    /**
     * Remembers what the place does not say: how many entries there are, how deep they stand and what they mean.
     *
     * @return a state for {@link #reset(long, long)}
     */
    public long state() {
        return ((long) entries << 32) | (depth << 16) | flags;
    }

    /**
     * Takes back everything written since a mark.
     *
     * @param mark from {@link #mark()}
     * @param state from {@link #state()} at the same time
     */
    public void reset(long mark, long state) {
        position = (int) (mark >>> 32);
        chars = (int) mark;
        entries = (int) (state >>> 32);
        depth = ((int) state >>> 16) & 0xFFFF;
        flags = (int) state & 0xFFFF;
    }

    /**
     * Writes a whole property of the event itself, as nearly all are: a number under a registered key that means nothing
     * to anybody but its owner.
     *
     * <p>Why it is shaped so: an event has many of them in a row, and the compiler makes one straight piece of code of as
     * many calls as are small enough together.
     *
     * @param key its key
     * @param value the number
     * @return false if it was not written, because it is none of those; then it takes the way of {@link #key}
     */
    public boolean tryLong(PropertyKey key, long value) {
        int head = plainHead(key);
        if (head == 0) {
            return false;
        }
        byte[] b = bytes;
        int p = position;
        INTS.set(b, p, head | RecordLayout.LONG);
        LONGS.set(b, p + 4, value);
        endPlain(p + 12);
        return true;
    }

    /**
     * As {@link #tryLong}.
     *
     * @param key its key
     * @param value a finite number
     * @return false if it was not written
     */
    public boolean tryDouble(PropertyKey key, double value) {
        int head = plainHead(key);
        if (head == 0) {
            return false;
        }
        byte[] b = bytes;
        int p = position;
        INTS.set(b, p, head | RecordLayout.DOUBLE);
        LONGS.set(b, p + 4, Double.doubleToRawLongBits(value));
        endPlain(p + 12);
        return true;
    }

    /**
     * As {@link #tryLong}.
     *
     * @param key its key
     * @param value the value
     * @return false if it was not written
     */
    public boolean tryBoolean(PropertyKey key, boolean value) {
        int head = plainHead(key);
        if (head == 0) {
            return false;
        }
        int p = position;
        INTS.set(bytes, p, head | (value ? RecordLayout.TRUE : RecordLayout.FALSE));
        endPlain(p + 4);
        return true;
    }

    /**
     * As {@link #tryLong}.
     *
     * @param key its key
     * @param value the text, not null
     * @return false if it was not written
     */
    public boolean tryString(PropertyKey key, String value) {
        int head = plainHead(key);
        if (head == 0) {
            return false;
        }
        byte[] b = bytes;
        int p = position;
        INTS.set(b, p, head | RecordLayout.STRING);
        INTS.set(b, p + 4, value.length());
        endPlain(p + 8);
        text(value);
        return true;
    }

    /** What an entry begins with; 0 if its key is not plain, or if there is no room. */
    private int plainHead(PropertyKey key) {
        return key instanceof RegisteredKey registered && position <= lastEntry ? registered.plainHead(keys) : 0;
    }

    private void endPlain(int next) {
        position = next;
        entries++;
        flags |= RecordLayout.FLAG_PROPERTIES;
    }

    /**
     * Begins a property whose key is text.
     *
     * @param key the property's name
     * @param type the type of its value, which must follow
     */
    public void key(String key, byte type) {
        ensureEntry();
        byte[] b = bytes;
        int p = position;
        INTS.set(b, p, space | (type & 0xFF));
        INTS.set(b, p + 4, key.length());
        INTS.set(b, p + 8, key.hashCode());
        position = p + 12;
        text(key);
        noteType(type, key);
    }

    /**
     * Begins a property whose key is registered; one of another registry is written as text.
     *
     * @param key the key
     * @param type the type of its value, which must follow
     */
    public void key(PropertyKey key, byte type) {
        if (key instanceof RegisteredKey registered
                && registered.belongsTo(keys)
                && registered.id() != RecordLayout.KEY_IN_TEXT) {
            ensureEntry();
            INTS.set(bytes, position, (registered.id() << 16) | space | (type & 0xFF));
            position += 4;
            if (depth == 0) {
                flags |= registered.flags();
            }
            noteType(type, "");
        } else {
            key(key.name(), type);
        }
    }

    /**
     * Begins an array's element or ends a container.
     *
     * @param type the type of the value, which must follow unless it has none
     */
    public void element(byte type) {
        ensureEntry();
        INTS.set(bytes, position, (RecordLayout.NO_KEY << 16) | (type & 0xFF));
        position += 4;
        noteType(type, "");
    }

    /** Only a property of the event itself can stand for one of the client's own. */
    private void noteType(byte type, String key) {
        if (depth == 0) {
            flags |=
                    space == 0 ? OwnedKeys.flagsOf(key) | RecordLayout.FLAG_PROPERTIES : OwnedKeys.flagsOf(space >>> 8);
        }
        if (type == RecordLayout.OBJECT || type == RecordLayout.ARRAY) {
            depth++;
        } else if (type == RecordLayout.END) {
            depth--;
        }
    }

    /**
     * Writes the value of a {@link RecordLayout#LONG}.
     *
     * @param value the number
     */
    public void longValue(long value) {
        LONGS.set(bytes, position, value);
        position += 8;
    }

    /**
     * Writes the value of a {@link RecordLayout#DOUBLE}.
     *
     * @param value a finite number
     */
    public void doubleValue(double value) {
        LONGS.set(bytes, position, Double.doubleToRawLongBits(value));
        position += 8;
    }

    /**
     * Writes the value of a {@link RecordLayout#FLOAT}.
     *
     * @param value a finite number
     */
    public void floatValue(float value) {
        INTS.set(bytes, position, Float.floatToRawIntBits(value));
        position += 4;
    }

    /**
     * Writes the value of a {@link RecordLayout#STRING} or {@link RecordLayout#RAW}.
     *
     * @param value the text
     */
    public void stringValue(String value) {
        INTS.set(bytes, position, value.length());
        position += 4;
        text(value);
    }

    /**
     * Writes the value of a {@link RecordLayout#STRING} of one char.
     *
     * @param value the char
     */
    public void charValue(char value) {
        INTS.set(bytes, position, 1);
        position += 4;
        if (chars < text.length || growText(chars + 1)) {
            separateFrom(value);
            text[chars++] = value;
        }
    }

    /**
     * Writes the value of an {@link RecordLayout#INSTANT}.
     *
     * @param epochSecond whole seconds since the epoch
     * @param nanos nanoseconds within the second
     */
    public void instantValue(long epochSecond, int nanos) {
        LONGS.set(bytes, position, epochSecond);
        INTS.set(bytes, position + 8, nanos);
        position += 12;
    }

    /**
     * Writes the value of a {@link RecordLayout#UUID}.
     *
     * @param high its upper half
     * @param low its lower half
     */
    public void uuidValue(long high, long low) {
        LONGS.set(bytes, position, high);
        LONGS.set(bytes, position + 8, low);
        position += 16;
    }

    /**
     * Completes the record, with the distinct id that was said last.
     *
     * @param kind one of the {@code KIND_} constants of {@link RecordLayout}
     * @param name the event's name
     * @param epochSecond the event's time, whole seconds
     * @param nanos nanoseconds within the second
     * @param uuidHigh upper half of the event's UUID
     * @param uuidLow lower half of the event's UUID
     * @return the record's length, or -1 if the event is over the limit
     */
    public int finish(byte kind, String name, long epochSecond, int nanos, long uuidHigh, long uuidLow) {
        int propertyChars = chars;
        text(name);
        heldText(distinctId);
        // Every entry is at least a digit and a comma. A record of text as UTF-8 may take more than the event's JSON.
        if (tooLarge || chars + 2L * entries > maxEventBytes || position + chars > RecordLayout.MAX_LENGTH) {
            tooLarge = true;
            return -1;
        }
        int textOffset = position;
        int idsOffset = textOffset + propertyChars;
        int length = encodeLatin1(textOffset);
        if (length < 0) {
            flags |= RecordLayout.FLAG_WIDE;
            ensureBytes(textOffset + 3 * chars);
            idsOffset = Utf8.encode(text, 0, propertyChars, bytes, textOffset);
            length = Utf8.encode(text, propertyChars, chars, bytes, idsOffset);
        }
        if (length > RecordLayout.MAX_LENGTH) {
            tooLarge = true;
            return -1;
        }
        byte[] b = bytes;
        INTS.set(b, RecordLayout.LENGTH, length);
        INTS.set(b, RecordLayout.KIND, kind | (flags << 8));
        LONGS.set(b, RecordLayout.EPOCH_SECOND, epochSecond);
        INTS.set(b, RecordLayout.NANOS, nanos);
        INTS.set(b, RecordLayout.TEXT_OFFSET, textOffset);
        LONGS.set(b, RecordLayout.UUID_HIGH, uuidHigh);
        LONGS.set(b, RecordLayout.UUID_LOW, uuidLow);
        INTS.set(b, RecordLayout.NAME_CHARS, name.length());
        INTS.set(b, RecordLayout.DISTINCT_ID_CHARS, distinctId.length());
        INTS.set(b, RecordLayout.IDS_OFFSET, idsOffset);
        return length;
    }

    private int encodeLatin1(int textOffset) {
        ensureBytes(textOffset + chars);
        ByteBuffer out = bytesView;
        out.limit(bytes.length).position(textOffset);
        CharBuffer in = textView;
        in.limit(chars).position(0);
        return latin1.reset().encode(in, out, true).isUnderflow() ? out.position() : -1;
    }

    private void text(String value) {
        int length = value.length();
        int end = chars + length;
        if (end > text.length && !growText(end)) {
            return;
        }
        if (length > 0) {
            separateFrom(value.charAt(0));
        }
        value.getChars(0, length, text, chars);
        chars = end;
    }

    private void heldText(HeldText value) {
        int length = value.length();
        int end = chars + length;
        tooLarge |= value.isTooLong();
        if (end > text.length && !growText(end)) {
            return;
        }
        if (length > 0) {
            separateFrom(value.charAt(0));
        }
        System.arraycopy(value.array(), 0, text, chars, length);
        chars = end;
    }

    /** One text's last half of a surrogate pair must not meet the next one's first half and become a character. */
    private void separateFrom(char next) {
        if (Character.isLowSurrogate(next) && chars > 0 && Character.isHighSurrogate(text[chars - 1])) {
            text[chars - 1] = '\uFFFD';
        }
    }

    private boolean growText(int needed) {
        // One byte of JSON a char is the least.
        if (needed < 0 || needed > maxEventBytes) {
            tooLarge = true;
            return false;
        }
        text = Arrays.copyOf(text, Math.min(Math.max(needed, text.length * 2), Math.max(maxEventBytes, needed)));
        textView = CharBuffer.wrap(text);
        return true;
    }

    private void ensureEntry() {
        entries++;
        if (position + MAX_ENTRY > bytes.length) {
            if (2L * entries > maxEventBytes || position > RecordLayout.MAX_LENGTH) {
                // Stay in bounds and forget the rest: the event is refused anyway.
                tooLarge = true;
                position = RecordLayout.ENTRIES;
                return;
            }
            ensureBytes(position + MAX_ENTRY);
        }
    }

    private void ensureBytes(int needed) {
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
            bytesView = ByteBuffer.wrap(bytes);
            lastEntry = bytes.length - MAX_ENTRY;
        }
    }

    /**
     * The finished record, from index 0.
     *
     * @return this writer's own array; valid until the next {@link #begin()}
     */
    public byte[] record() {
        return bytes;
    }

    /** Gives back memory that an unusually large event took. */
    public void shrink() {
        if (bytes.length > RETAINED_BYTES) {
            bytes = new byte[INITIAL_BYTES];
            bytesView = ByteBuffer.wrap(bytes);
            lastEntry = INITIAL_BYTES - MAX_ENTRY;
        }
        if (text.length > RETAINED_CHARS) {
            text = new char[INITIAL_CHARS];
            textView = CharBuffer.wrap(text);
        }
        distinctId.shrink();
    }
}
