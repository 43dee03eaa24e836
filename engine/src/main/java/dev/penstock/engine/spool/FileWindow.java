package dev.penstock.engine.spool;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads a file through one buffer, which is filled anew where the reader has come to its end.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> one direct buffer for its life.
 */
final class FileWindow {

    private static final int BYTES = 128 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private final Checksum checksum = new Checksum();
    private final CRC32C crc = new CRC32C();
    private SegmentFile file;
    private long start;
    private long size;

    /** Turns to a file, as it is now. */
    void turnTo(SegmentFile next) throws IOException {
        file = next;
        size = next.size();
        start = 0;
        buffer.limit(0);
    }

    long size() {
        return size;
    }

    /**
     * Has some bytes of the file in the buffer, at most as many as a small header has.
     *
     * @return where in {@link #buffer()} they are
     * @throws EOFException if the file ends before them
     */
    int show(long position, int length) throws IOException {
        if (position < start || position + length > start + buffer.limit()) {
            buffer.clear();
            int read = file.read(buffer, position);
            start = position;
            buffer.position(0).limit(read);
            if (read < length) {
                throw new EOFException("ends at " + (position + read));
            }
        }
        return (int) (position - start);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Copies a part of the file, which the caller knows to be there. */
    byte[] copy(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            int at = show(position + done, 1);
            int part = Math.min(length - done, buffer.limit() - at);
            buffer.get(at, bytes, done, part);
            done += part;
        }
        return bytes;
    }

    /** The checksum of a part of the file. */
    int checksumOf(long position, int length) throws IOException {
        crc.reset();
        int done = 0;
        while (done < length) {
            int at = show(position + done, 1);
            int part = Math.min(length - done, buffer.limit() - at);
            crc.update(buffer.slice(at, part));
            done += part;
        }
        return (int) crc.getValue();
    }

    FrameHead head(long position, long segment) throws IOException {
        return FrameHead.read(buffer, show(position, FrameHead.BYTES), segment, checksum);
    }

    /** Whether there is the head of a frame anywhere between two positions, so that what is at the first is not the last one. */
    boolean holdsHead(long after, long end, long segment) throws IOException {
        for (long position = after + 1; position <= end - FrameHead.BYTES; position++) {
            int at = show(position, FrameHead.BYTES);
            if (FrameHead.read(buffer, at, segment, checksum) != null) {
                return true;
            }
        }
        return false;
    }

    /** Where the last byte that is not zero ends, at or after a position; that position if there is none. */
    long endOfContent(long from) throws IOException {
        long end = from;
        for (long position = from; position < size; position = start + buffer.limit()) {
            int at = show(position, 1);
            for (int i = buffer.limit() - 1; i >= at; i--) {
                if (buffer.get(i) != 0) {
                    end = start + i + 1;
                    break;
                }
            }
        }
        return end;
    }
}
