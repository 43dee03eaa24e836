package dev.penstock.engine.spool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The head of a frame, which holds one record. Little-endian.
 *
 * <pre>
 *   0         4       5        8         12       16        24          32         36         40
 *   +---------+-------+--------+---------+--------+---------+-----------+----------+----------+
 *   | CRC32C  | mark  | zeros  | magic   | frame  | segment | time of   | protocol | encoding |
 *   | of 8..72|       |        |         | length | number  | writing   |          |          |
 *   +---------+-------+--------+---------+--------+---------+-----------+----------+----------+
 *   40        44       48          52       56         60              64       68            72
 *   +---------+--------+-----------+--------+----------+---------------+--------+-------------+
 *   | flags   | events | envelope  | plain  | record's | CRC32C of     | body   | CRC32C of   |
 *   |         |        | length    | length | checksum | the meta part | length | the body    |
 *   +---------+--------+-----------+--------+----------+---------------+--------+-------------+
 *   72
 *   +----------+---------------------+-------------------+------------------+
 *   | envelope | starts              | UUIDs             | body             |
 *   |          | 4 * (events + 1)    | 16 * events       |                  |
 *   +----------+---------------------+-------------------+------------------+
 *              the meta part is envelope, starts and UUIDs
 * </pre>
 *
 * <p>The mark is one byte, written in place and outside all checksums: an unknown one counts as none, so damage to it can
 * send a record twice but never lose it. A head that does not fit its checksum ends the segment, because only the head says
 * where the next frame is; a damaged meta part or body costs one record. Where the frames end there are zeros, or the file
 * ends.
 *
 * @param segment the segment's number
 * @param epochMs when it was written
 * @param protocol as in the record
 * @param encoding as in the record
 * @param historical as in the record
 * @param events how many
 * @param envelopeBytes how long the envelope is
 * @param plainLength as in the record
 * @param recordChecksum as in the record
 * @param metaChecksum of envelope, starts and UUIDs
 * @param bodyBytes how long the body is
 * @param bodyChecksum of the body
 */
record FrameHead(
        long segment,
        long epochMs,
        int protocol,
        int encoding,
        boolean historical,
        int events,
        int envelopeBytes,
        int plainLength,
        int recordChecksum,
        int metaChecksum,
        int bodyBytes,
        int bodyChecksum) {

    static final int BYTES = 72;

    /** Where the mark is. */
    static final int MARK = 4;

    /** Mark: every event has its verdict. */
    static final byte ACKNOWLEDGED = (byte) 0xA5;

    /** Mark: found damaged and counted as lost; the file is kept. */
    static final byte LOST = 0x5A;

    private static final int MAGIC = 0x4D41_5246; // "FRAM"
    private static final int CHECKED = 8;
    private static final int MAGIC_AT = 8;
    private static final int LENGTH_AT = 12;
    private static final int SEGMENT_AT = 16;
    private static final int TIME_AT = 24;
    private static final int PROTOCOL_AT = 32;
    private static final int ENCODING_AT = 36;
    private static final int FLAGS_AT = 40;
    private static final int EVENTS_AT = 44;
    private static final int ENVELOPE_AT = 48;
    private static final int PLAIN_AT = 52;
    private static final int RECORD_CHECKSUM_AT = 56;
    private static final int META_CHECKSUM_AT = 60;
    private static final int BODY_AT = 64;
    private static final int BODY_CHECKSUM_AT = 68;
    private static final int HISTORICAL = 1;
    private static final long STARTS_AND_UUIDS = Integer.BYTES + 2L * Long.BYTES;

    /** How long a record's frame is; more than an int can hold for one that cannot be written. */
    static long frameBytes(SpoolRecord record) {
        return BYTES + metaBytes(record.envelope().length, record.count()) + record.length();
    }

    private static long metaBytes(int envelopeBytes, int events) {
        return envelopeBytes + Integer.BYTES + STARTS_AND_UUIDS * events;
    }

    /** How long envelope, starts and UUIDs are. */
    int metaBytes() {
        return (int) metaBytes(envelopeBytes, events);
    }

    /** How long the frame is, head included. */
    int frameBytes() {
        return BYTES + metaBytes() + bodyBytes;
    }

    /** Writes it, without a mark, to the beginning of a buffer. */
    void write(ByteBuffer into, Checksum checksum) {
        into.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MARK, 0)
                .putInt(MAGIC_AT, MAGIC)
                .putInt(LENGTH_AT, frameBytes())
                .putLong(SEGMENT_AT, segment)
                .putLong(TIME_AT, epochMs)
                .putInt(PROTOCOL_AT, protocol)
                .putInt(ENCODING_AT, encoding)
                .putInt(FLAGS_AT, historical ? HISTORICAL : 0)
                .putInt(EVENTS_AT, events)
                .putInt(ENVELOPE_AT, envelopeBytes)
                .putInt(PLAIN_AT, plainLength)
                .putInt(RECORD_CHECKSUM_AT, recordChecksum)
                .putInt(META_CHECKSUM_AT, metaChecksum)
                .putInt(BODY_AT, bodyBytes)
                .putInt(BODY_CHECKSUM_AT, bodyChecksum)
                .putInt(0, checksum.of(into, CHECKED, BYTES - CHECKED));
    }

    /** Reads one from a place in a buffer; null if there is none, or a damaged one, or one of another segment. */
    static FrameHead read(ByteBuffer from, int at, long segment, Checksum checksum) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        if (from.getInt(at + MAGIC_AT) != MAGIC
                || from.getLong(at + SEGMENT_AT) != segment
                || from.getInt(at) != checksum.of(from, at + CHECKED, BYTES - CHECKED)) {
            return null;
        }
        FrameHead head = new FrameHead(
                segment,
                from.getLong(at + TIME_AT),
                from.getInt(at + PROTOCOL_AT),
                from.getInt(at + ENCODING_AT),
                (from.getInt(at + FLAGS_AT) & HISTORICAL) != 0,
                from.getInt(at + EVENTS_AT),
                from.getInt(at + ENVELOPE_AT),
                from.getInt(at + PLAIN_AT),
                from.getInt(at + RECORD_CHECKSUM_AT),
                from.getInt(at + META_CHECKSUM_AT),
                from.getInt(at + BODY_AT),
                from.getInt(at + BODY_CHECKSUM_AT));
        return head.isLong(from.getInt(at + LENGTH_AT)) ? head : null;
    }

    /** Whether its lengths make up a frame of that length: what bounds every array made from them. */
    private boolean isLong(int frameBytes) {
        return events >= 0
                && envelopeBytes >= 0
                && bodyBytes >= 0
                && BYTES + metaBytes(envelopeBytes, events) + bodyBytes == frameBytes;
    }
}
