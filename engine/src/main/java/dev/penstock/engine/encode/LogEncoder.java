package dev.penstock.engine.encode;

import static dev.penstock.engine.record.RecordLayout.INTS;
import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.client.logs.LogLevel;
import dev.penstock.engine.record.RecordLayout;

/**
 * Turns a record of the log channel into the JSON of one OTLP log record.
 *
 * <p>A log is an event's record with another meaning: its name is the body, and its first {@link #HEAD_ENTRIES} entries are
 * the head, in this order, whatever their keys: the ordinal of its {@link LogLevel}, its trace id, its span id, its trace
 * flags; null where there is none. The entries after them are the attributes. The distinct id means nothing. So no key that
 * an application may choose is taken, and nothing of the head can reach the wire as an attribute.
 *
 * <p>Null has no OTLP value: an attribute or a member that is null is left out with its key, an element without a trace.
 *
 * <p><b>Threads:</b> only the pipeline thread. <b>Allocation:</b> none, but for values that are JSON already, for floats,
 * and for doubles of more than 15 digits. <b>Source:</b> OTLP/HTTP with JSON: 64-bit integers are strings.
 */
public final class LogEncoder implements RecordEncoder {

    /** How many entries stand before the attributes. */
    public static final int HEAD_ENTRIES = 4;

    private static final byte[] TIME = OtlpValue.ascii("{\"timeUnixNano\":\"");
    private static final byte[] OBSERVED_TIME = OtlpValue.ascii("\",\"observedTimeUnixNano\":\"");
    private static final byte[] BODY = OtlpValue.ascii("\",\"body\":");
    private static final byte[] TRACE_ID = OtlpValue.ascii(",\"traceId\":\"");
    private static final byte[] SPAN_ID = OtlpValue.ascii(",\"spanId\":\"");
    private static final byte[] TRACE_FLAGS = OtlpValue.ascii(",\"flags\":");
    private static final byte[] ATTRIBUTES = OtlpValue.ascii(",\"attributes\":[");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** By ordinal. */
    private static final byte[][] SEVERITIES = severities();

    private final RecordText text = new RecordText();
    private final JsonTime time = new JsonTime();
    private final RawOtlpValue rawValue = new RawOtlpValue();

    // The record being read.
    private byte[] record;
    private int depth;

    /** Whether the value just read has become one of OTLP. */
    private boolean written;

    /** Makes an encoder. */
    public LogEncoder() {
        // nothing to set: what a batch has in common is its envelope's
    }

    private static byte[][] severities() {
        LogLevel[] levels = LogLevel.values();
        byte[][] severities = new byte[levels.length][];
        for (LogLevel level : levels) {
            severities[level.ordinal()] = OtlpValue.ascii(
                    ",\"severityNumber\":" + level.severityNumber() + ",\"severityText\":\"" + level.name() + '"');
        }
        return severities;
    }

    @Override
    public void encode(byte[] bytes, int offset, Object[] references, int at, JsonOutput out) {
        record = bytes;
        depth = 0;
        boolean wide = (bytes[offset + RecordLayout.FLAGS] & RecordLayout.FLAG_WIDE) != 0;
        times(offset, out);
        text.begin(bytes, wide, offset + (int) INTS.get(bytes, offset + RecordLayout.IDS_OFFSET));
        string((int) INTS.get(bytes, offset + RecordLayout.NAME_CHARS), out);
        int end = offset + (int) INTS.get(bytes, offset + RecordLayout.TEXT_OFFSET);
        text.begin(bytes, wide, end);
        int attributes = head(offset + RecordLayout.ENTRIES, out);
        out.ensure(OtlpValue.ROOM);
        out.put(ATTRIBUTES);
        attributes(attributes, end, out);
        out.ensure(OtlpValue.ROOM);
        out.put(']');
        out.put('}');
    }

    private void times(int offset, JsonOutput out) {
        long nanos = (long) LONGS.get(record, offset + RecordLayout.EPOCH_SECOND) * NANOS_PER_SECOND
                + (int) INTS.get(record, offset + RecordLayout.NANOS);
        out.ensure(2 * OtlpValue.ROOM);
        out.put(TIME);
        JsonNumber.write(nanos, out);
        out.put(OBSERVED_TIME);
        JsonNumber.write(nanos, out);
        out.put(BODY);
    }

    /** Writes level, trace and span. Answers where the attributes begin. */
    private int head(int from, JsonOutput out) {
        int at = afterKey(from);
        out.ensure(OtlpValue.ROOM);
        out.put(SEVERITIES[(int) (long) LONGS.get(record, at)]);
        at = id(TRACE_ID, at + 8, out);
        at = id(SPAN_ID, at, out);
        boolean flagged = record[at] == RecordLayout.LONG;
        at = afterKey(at);
        if (flagged) {
            out.ensure(OtlpValue.ROOM);
            out.put(TRACE_FLAGS);
            JsonNumber.write((long) LONGS.get(record, at), out);
            at += 8;
        }
        return at;
    }

    private int id(byte[] name, int from, JsonOutput out) {
        boolean given = record[from] == RecordLayout.STRING;
        int at = afterKey(from);
        if (given) {
            out.ensure(OtlpValue.ROOM);
            out.put(name);
            text.write((int) INTS.get(record, at), out);
            out.ensure(OtlpValue.ROOM);
            out.put('"');
            at += 4;
        }
        return at;
    }

    /** Skips an entry's key. Answers where its value is. */
    private int afterKey(int at) {
        text.skip((int) INTS.get(record, at + 4));
        return at + 12;
    }

    private void attributes(int from, int end, JsonOutput out) {
        int at = from;
        boolean first = true;
        while (at < end) {
            at = entry(at, first, out);
            first &= !written;
        }
    }

    /** Writes a member or an element, unless it is null. Answers where the next one is. */
    private int entry(int at, boolean first, JsonOutput out) {
        int start = out.length();
        int head = (int) INTS.get(record, at);
        out.ensure(OtlpValue.ROOM);
        if (!first) {
            out.put(',');
        }
        int next;
        if (head >>> 16 == RecordLayout.NO_KEY) {
            next = value((byte) head, at + 4, out);
        } else {
            out.put(OtlpValue.KEY);
            text.write((int) INTS.get(record, at + 4), out);
            out.ensure(OtlpValue.ROOM);
            out.put(OtlpValue.KEY_END);
            next = value((byte) head, at + 12, out);
            out.ensure(1);
            out.put('}');
        }
        if (!written) {
            out.truncate(start);
        }
        return next;
    }

    /** Writes a value and says in {@link #written} whether it did. Answers where the next entry is. */
    private int value(byte type, int at, JsonOutput out) {
        byte[] r = record;
        out.ensure(OtlpValue.ROOM);
        written = true;
        switch (type) {
            case RecordLayout.STRING -> {
                string((int) INTS.get(r, at), out);
                return at + 4;
            }
            case RecordLayout.LONG -> {
                OtlpValue.integer((long) LONGS.get(r, at), out);
                return at + 8;
            }
            case RecordLayout.DOUBLE -> {
                OtlpValue.number(Double.longBitsToDouble((long) LONGS.get(r, at)), out);
                return at + 8;
            }
            case RecordLayout.FLOAT -> {
                OtlpValue.number(Float.intBitsToFloat((int) INTS.get(r, at)), out);
                return at + 4;
            }
            case RecordLayout.TRUE -> {
                out.put(OtlpValue.TRUE);
                return at;
            }
            case RecordLayout.FALSE -> {
                out.put(OtlpValue.FALSE);
                return at;
            }
            case RecordLayout.RAW -> {
                written = rawValue.write(text.read((int) INTS.get(r, at)), depth, out);
                return at + 4;
            }
            case RecordLayout.INSTANT -> {
                out.put(OtlpValue.STRING);
                time.write((long) LONGS.get(r, at), (int) INTS.get(r, at + 8), out);
                out.put(OtlpValue.STRING_END);
                return at + 12;
            }
            case RecordLayout.UUID -> {
                out.put(OtlpValue.STRING);
                JsonUuid.write((long) LONGS.get(r, at), (long) LONGS.get(r, at + 8), out);
                out.put(OtlpValue.STRING_END);
                return at + 16;
            }
            case RecordLayout.OBJECT -> {
                return container(OtlpValue.OBJECT, at, out);
            }
            case RecordLayout.ARRAY -> {
                return container(OtlpValue.ARRAY, at, out);
            }
            default -> {
                written = false;
                return at;
            }
        }
    }

    private void string(int chars, JsonOutput out) {
        out.ensure(OtlpValue.ROOM);
        out.put(OtlpValue.STRING);
        text.write(chars, out);
        out.ensure(OtlpValue.ROOM);
        out.put(OtlpValue.STRING_END);
    }

    private int container(byte[] open, int from, JsonOutput out) {
        int at = from;
        boolean first = true;
        depth++;
        out.put(open);
        while (record[at] != RecordLayout.END) {
            at = entry(at, first, out);
            first &= !written;
        }
        depth--;
        out.ensure(OtlpValue.ROOM);
        out.put(OtlpValue.CONTAINER_END);
        written = true;
        return at + 4;
    }
}
