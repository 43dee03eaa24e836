package dev.penstock.engine.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Where things are in an event record. Little-endian; fixed-width fields first, all text after them.
 *
 * <pre>
 *   0         4      5               8              16      20           24            32
 *   +---------+------+---------------+--------------+-------+------------+-------------+-------------+
 *   | length  | kind | flags         | epoch second | nanos | text offset| UUID high   | UUID low    |
 *   +---------+------+---------------+--------------+-------+------------+-------------+-------------+
 *   40            44                  48           52                        text offset        ids offset
 *   +-------------+-------------------+------------+------------------------+------------------+---------------+
 *   | name chars  | distinct id chars | ids offset | property entries ...   | keys and strings | name and      |
 *   |             |                   |            |                        | in entry order   | distinct id   |
 *   +-------------+-------------------+------------+------------------------+------------------+---------------+
 *   property entry
 *   +------+--------+--------+----------------------+--------------------------------+
 *   | type | space  | key id | key chars, key hash  | value, by type                 |
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

    /** Kind: an event of properties. */
    public static final byte KIND_CAPTURE = 1;

    /** Kind: an alias, whose distinct id is a property as well where the protocol wants it so. */
    public static final byte KIND_ALIAS = 2;

    /** Kind: something that was thrown. */
    public static final byte KIND_EXCEPTION = 4;

    /** Kind: what is known of a group. */
    public static final byte KIND_GROUP_IDENTIFY = 5;

    /** Kind: a log record, whose name is its body. */
    public static final byte KIND_LOG = 3;

    /** Kind: a message that tells who somebody is. The kinds of messages come after all kinds of events. */
    public static final byte KIND_MESSAGE_IDENTIFY = 6;

    /** Kind: a message that tells what somebody did; its name is the event's. */
    public static final byte KIND_MESSAGE_TRACK = 7;

    /** Kind: a message that tells what page somebody saw; its name, which may be empty, is the page's. */
    public static final byte KIND_MESSAGE_PAGE = 8;

    /** Kind: a message that tells what screen somebody saw; its name, which may be empty, is the screen's. */
    public static final byte KIND_MESSAGE_SCREEN = 9;

    /** Kind: a message that tells what group somebody belongs to; its name is the group's id. */
    public static final byte KIND_MESSAGE_GROUP = 10;

    /** Kind: a message that tells what second id somebody has; its name is the previous id. */
    public static final byte KIND_MESSAGE_ALIAS = 11;

    /** Flag: the text is UTF-8. */
    public static final int FLAG_WIDE = 1;

    /** Flag: the event had no distinct id and got a random one. */
    public static final int FLAG_PERSONLESS = 1 << 1;

    /** Flag: a property has the name of one the client writes itself. */
    public static final int FLAG_OWNED_KEYS = 1 << 2;

    /** Flag: at least one entry belongs to another space than the properties. */
    public static final int FLAG_SPACES = 1 << 3;

    /** Flag: the caller has set {@code $process_person_profile}. */
    public static final int FLAG_PERSON_PROFILE = 1 << 4;

    /** Flag: a property has a name that some protocols keep outside the properties. */
    public static final int FLAG_LIFTED_KEYS = 1 << 5;

    /** Flag: the properties are all there are; nothing is merged into them but the client's name and version. */
    public static final int FLAG_COMPLETE = 1 << 6;

    /** Flag: of shared properties only those are added that a minimal event may have. */
    public static final int FLAG_MINIMAL = 1 << 7;

    /** Flag: the caller forbids to derive a place from the address. */
    public static final int FLAG_GEOIP_DISABLED = 1 << 8;

    /** Flag: the caller allows to derive a place from the address. */
    public static final int FLAG_GEOIP_ALLOWED = 1 << 9;

    /** Flag: something about a person is set or removed. */
    public static final int FLAG_PERSON_CHANGE = 1 << 10;

    /** Flag: the distinct id of a message is an anonymous one. */
    public static final int FLAG_ANONYMOUS = 1 << 11;

    /** Flag: a message's id is no UUID, and an entry of the message. */
    public static final int FLAG_MESSAGE_ID = 1 << 12;

    /** Flag: at least one entry is a property. */
    public static final int FLAG_PROPERTIES = 1 << 13;

    /** Flag: the caller has set {@code $sample_rate}. */
    public static final int FLAG_SAMPLE_RATE = 1 << 14;

    /** Space of an entry: the event's properties. */
    public static final int SPACE_PROPERTIES = 0;

    /** Space of an entry: {@code $set}. */
    public static final int SPACE_SET = 1;

    /** Space of an entry: {@code $set_once}. */
    public static final int SPACE_SET_ONCE = 2;

    /** Space of an entry without a value: a name in {@code $unset}. */
    public static final int SPACE_UNSET = 3;

    /** Space of an entry: {@code $groups}. */
    public static final int SPACE_GROUPS = 4;

    /** Space of an entry: {@code $group_set}. */
    public static final int SPACE_GROUP_SET = 5;

    /** How many spaces an event has. */
    public static final int EVENT_SPACES = 6;

    /** Space of an entry: a message itself. */
    public static final int SPACE_MESSAGE = 6;

    /** Space of an entry: a message's context. */
    public static final int SPACE_CONTEXT = 7;

    /** Space of an entry: the destinations of a message. */
    public static final int SPACE_INTEGRATIONS = 8;

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

    /** Reads and writes ints at any offset of a record. */
    public static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Reads and writes longs at any offset of a record. */
    public static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Whether a record is a message, which has other members than an event.
     *
     * @param kind its kind
     * @return true for the kinds whose names begin with {@code KIND_MESSAGE_}
     */
    public static boolean isMessage(byte kind) {
        return kind >= KIND_MESSAGE_IDENTIFY;
    }

    /**
     * The flags of a record.
     *
     * @param record holds it
     * @param offset index of its first byte
     * @return bits of the {@code FLAG_} constants
     */
    public static int flags(byte[] record, int offset) {
        return ((int) INTS.get(record, offset + KIND) >>> 8) & 0xFFFF;
    }

    /**
     * The name of the event in a record, for messages.
     *
     * @param record holds it
     * @param offset index of its first byte
     * @return the name
     */
    public static String name(byte[] record, int offset) {
        int from = offset + (int) INTS.get(record, offset + IDS_OFFSET);
        int chars = (int) INTS.get(record, offset + NAME_CHARS);
        if ((flags(record, offset) & FLAG_WIDE) == 0) {
            return new String(record, from, chars, StandardCharsets.ISO_8859_1);
        }
        int end = offset + ((int) INTS.get(record, offset + LENGTH) & MAX_LENGTH);
        return new String(record, from, end - from, StandardCharsets.UTF_8).substring(0, chars);
    }

    private RecordLayout() {}
}
