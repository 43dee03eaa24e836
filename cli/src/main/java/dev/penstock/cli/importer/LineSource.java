package dev.penstock.cli.importer;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Cuts a file into lines, after undoing gzip if its first two bytes say so. A line ends with LF or CR LF, the last one
 * also with the file. A line longer than {@value #MAX_LINE_BYTES} bytes is passed over; only its first part is kept.
 * <p>
 * One thread at a time.
 */
final class LineSource implements AutoCloseable {
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final int GZIP_MAGIC = 0x8B1F;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long UNKNOWN = -1;

    private final CountedInput counted;
    private final long size;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private InputStream in;
    private int position;
    private int limit;

    private byte[] line = new byte[1 << 12];
    private int length;
    private long number;
    private boolean tooLong;

    private LineSource(InputStream in, long size) {
        this.counted = new CountedInput(in);
        this.size = size;
    }

    static LineSource ofFile(Path path) throws IOException {
        long size = Files.isRegularFile(path) ? Files.size(path) : UNKNOWN;
        return new LineSource(Files.newInputStream(path), size);
    }

    static LineSource ofStream(InputStream in) {
        return new LineSource(in, UNKNOWN);
    }

    /** The file's size in bytes; -1 if unknown. */
    long size() {
        return size;
    }

    /** Bytes of the file read so far. */
    long bytesRead() {
        return counted.count();
    }

    /** Goes to the next line; false at the end of the file. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        if (position == limit && !fill()) {
            return false;
        }
        number++;
        do {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(position, end);
            position = end;
            if (end < limit) {
                position++;
                break;
            }
        } while (fill());
        if (length > 0 && !tooLong && line[length - 1] == '\r') {
            length--;
        }
        return true;
    }

    /** The bytes of the line, from 0 to {@link #length()}; valid until the next line. */
    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    /** The line's number, counted from 1. */
    long number() {
        return number;
    }

    boolean tooLong() {
        return tooLong;
    }

    boolean blank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    @Override
    public void close() throws IOException {
        counted.close();
    }

    private void append(int from, int to) {
        int room = MAX_LINE_BYTES + 1 - length; // one more than allowed: the CR that may end it
        int count = Math.min(to - from, room);
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, Math.min(line.length * 2, MAX_LINE_BYTES + 1)));
        }
        System.arraycopy(buffer, from, line, length, count);
        length += count;
        tooLong = to - from > room || (length > MAX_LINE_BYTES && line[length - 1] != '\r') || tooLong;
    }

    private boolean fill() throws IOException {
        if (in == null) {
            in = decoded();
        }
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private InputStream decoded() throws IOException {
        PushbackInputStream start = new PushbackInputStream(counted, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        boolean gzip = magic.length == 2 && ((magic[1] & 0xFF) << 8 | (magic[0] & 0xFF)) == GZIP_MAGIC;
        return gzip ? new GZIPInputStream(start, BUFFER_BYTES) : start;
    }
}
