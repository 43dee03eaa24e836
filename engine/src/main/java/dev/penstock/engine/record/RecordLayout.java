package dev.penstock.engine.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where things are in an event record. Little-endian; fixed-width fields first, all text after them.
 *
 * <pre>
 *   0         4      5      6        8              16      20           24            32
 *   +---------+------+------+--------+--------------+-------+------------+-------------+-------------+
 *   | length  | kind | flags| unused | epoch second | nanos | text offset| UUID high   | UUID low    |
 *   +---------+------+------+--------+--------------+-------+------------+-------------+-------------+
 *   40            44                  48           52                        text offset        ids offset
 *   +-------------+-------------------+------------+------------------------+------------------+---------------+
 *   | name chars  | distinct id chars | ids offset | property entries ...   | keys and strings | name and      |
 *   |             |                   |            |                        | in entry order   | distinct id   |
 *   +-------------+-------------------+------------+------------------------+------------------+---------------+
 *   property entry
 *   +------+--------+--------+----------------------+--------------------------------+
 *   | type | unused | key id | key chars, key hash  | value, by type                 |
 *   | 1    | 1      | 2      | 4 + 4, if key id = 0 | 0, 4, 8, 12 or 16              |
 *   +------+--------+--------+----------------------+--------------------------------+
 * </pre>
 *
 * <p>The upper byte of {@code length} belongs to the ring. Text is ISO-8859-1, one byte a char, unless {@link
 * #FLAG_WIDE} says that it is UTF-8. Lengths of text are in UTF-16 chars in both cases; text is only ever read in order.
 * Records live in memory only, so the layout carries no version.
 */
public final class RecordLayout {

    /** Offset of the record's length in bytes. */
    public static final int LENGTH = 0;

    /** Offset of the kind of event. */
    public static final int KIND = 4;

    /** Offset of the flags. */
    public static final int FLAGS = 5;

    /** Offset of the event's time, whole seconds since the epoch. */
    public static final int EPOCH_SECOND = 8;

    /** Offset of the nanoseconds within the second. */
    public static final int NANOS = 16;

    /** Offset of the offset of the text. */
    public static final int TEXT_OFFSET = 20;

    /** Offset of the upper half of the UUID. */
    public static final int UUID_HIGH = 24;

    /** Offset of the lower half of the UUID. */
    public static final int UUID_LOW = 32;

    /** Offset of the length of the event's name. */
    public static final int NAME_CHARS = 40;

    /** Offset of the length of the distinct id. */
    public static final int DISTINCT_ID_CHARS = 44;

    /** Offset of the offset of the name, which the distinct id follows. */
    public static final int IDS_OFFSET = 48;

    /** Offset of the first property entry. */
    public static final int ENTRIES = 52;

    /** The longest record: what fits beside the ring's byte in {@link #LENGTH}. */
    public static final int MAX_LENGTH = 0xFF_FFFF;

    /** Kind: an event with a name of the caller's. */
    public static final byte KIND_CAPTURE = 1;

    /** Flag: the text is UTF-8. */
    public static final int FLAG_WIDE = 1;

    /** Flag: the event had no distinct id and got a random one. */
    public static final int FLAG_PERSONLESS = 2;

    /** Flag: a property has the name of one the client writes itself. */
    public static final int FLAG_OWNED_KEYS = 4;

    /** Flag: the caller has set {@code $process_person_profile}. */
    public static final int FLAG_PERSON_PROFILE = 16;

    /** Flag: at least one entry is a group. */
    public static final int FLAG_GROUPS = 8;

    /** Key id of an entry whose key is in the text. */
    public static final int KEY_IN_TEXT = 0;

    /** Key id of an entry without a key: an array's element or the end of a container. */
    public static final int NO_KEY = 0xFFFF;

    /** Value: null. */
    public static final byte NULL = 0;

    /** Value: false. */
    public static final byte FALSE = 1;

    /** Value: true. */
    public static final byte TRUE = 2;

    /** Value: 8 bytes, an integer. */
    public static final byte LONG = 3;

    /** Value: 8 bytes, a finite double. */
    public static final byte DOUBLE = 4;

    /** Value: 4 bytes, a finite float. */
    public static final byte FLOAT = 5;

    /** Value: 4 bytes, how many chars of text. */
    public static final byte STRING = 6;

    /** Value: 4 bytes, how many chars of text, which are JSON already. */
    public static final byte RAW = 7;

    /** Value: 8 + 4 bytes, epoch second and nanoseconds. */
    public static final byte INSTANT = 8;

    /** Value: 16 bytes, a UUID. */
    public static final byte UUID = 9;

    /** The beginning of an object; its entries follow up to {@link #END}. */
    public static final byte OBJECT = 10;

    /** The beginning of an array; its entries follow up to {@link #END}. */
    public static final byte ARRAY = 11;

    /** The end of the innermost object or array. */
    public static final byte END = 12;

    /** Value: 4 bytes, how many chars of text: a group's key. The entry's key is the group's type. */
    public static final byte GROUP = 13;

    /** Reads and writes ints at any offset of a record. */
    public static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Reads and writes longs at any offset of a record. */
    public static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordLayout() {}
}
