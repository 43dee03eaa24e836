package dev.penstock.engine.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes headers, frames and marks to files. It only touches files; {@link SpoolWriter} decides which.
 *
 * <p>All goes through one direct buffer, because a channel that is given heap memory makes a direct copy of every size it
 * meets, and keeps them.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> the buffer, and one array that grows to the largest meta part.
 */
final class SegmentWriter {

    private static final int BUFFER_BYTES = 128 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Checksum checksum = new Checksum();
    private byte[] meta = new byte[8 * 1024];

    /** Makes an empty file a segment without records: a header and zeros. */
    void prepare(SegmentFile file, long number, int fileBytes, long epochMs) throws IOException {
        buffer.clear();
        while (buffer.remaining() >= Long.BYTES) {
            buffer.putLong(0);
        }
        for (long position = 0; position < fileBytes; position += BUFFER_BYTES) {
            buffer.position(0).limit((int) Math.min(BUFFER_BYTES, fileBytes - position));
            file.write(buffer, position);
        }
        buffer.clear().limit(SegmentHeader.BYTES);
        SegmentHeader.write(buffer, number, fileBytes, epochMs, checksum);
        file.write(buffer, 0);
    }

    /** Writes a record's frame. */
    void frame(SegmentFile file, long number, int position, SpoolRecord record, long epochMs) throws IOException {
        int metaBytes = fillMeta(record);
        FrameHead head = new FrameHead(
                number,
                epochMs,
                record.protocol(),
                record.encoding(),
                record.historical(),
                record.count(),
                record.envelope().length,
                record.plainLength(),
                record.checksum(),
                checksum.of(meta, 0, metaBytes),
                record.length(),
                checksum.of(record.events(), record.offset(), record.length()));
        buffer.clear();
        head.write(buffer, checksum);
        buffer.position(FrameHead.BYTES);
        long next = put(file, position, meta, 0, metaBytes);
        next = put(file, next, record.events(), record.offset(), record.length());
        file.write(buffer.flip(), next);
    }

    /** Adds bytes to the buffer, which begins at a position of the file; returns where it begins then. */
    private long put(SegmentFile file, long position, byte[] bytes, int offset, int length) throws IOException {
        long begin = position;
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                file.write(buffer.flip(), begin);
                begin += buffer.limit();
                buffer.clear();
            }
            int part = Math.min(buffer.remaining(), length - done);
            buffer.put(bytes, offset + done, part);
            done += part;
        }
        return begin;
    }

    private int fillMeta(SpoolRecord record) {
        byte[] envelope = record.envelope();
        int length = envelope.length + Integer.BYTES * record.starts().length + Long.BYTES * record.uuids().length;
        if (length > meta.length) {
            meta = new byte[length];
        }
        ByteBuffer into = ByteBuffer.wrap(meta).order(ByteOrder.LITTLE_ENDIAN).put(envelope);
        for (int start : record.starts()) {
            into.putInt(start);
        }
        for (long half : record.uuids()) {
            into.putLong(half);
        }
        return length;
    }

    /** Writes a record's mark. */
    void mark(SegmentFile file, int position, byte mark) throws IOException {
        buffer.clear().limit(1);
        buffer.put(0, mark);
        file.write(buffer, position + (long) FrameHead.MARK);
    }

    /** Writes a segment's cursor. */
    void cursor(SegmentFile file, long number, int cursor) throws IOException {
        buffer.clear().limit(SegmentHeader.CURSOR_BYTES);
        SegmentHeader.writeCursor(buffer, number, cursor);
        file.write(buffer, SegmentHeader.CURSOR);
    }
}
