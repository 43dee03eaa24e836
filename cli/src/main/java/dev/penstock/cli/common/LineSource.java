package dev.penstock.cli.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Cuts a file into lines, after undoing gzip if its first two bytes say so. A line ends with LF or CR LF, the last one
 * also with the file. A line longer than its limit is passed over; only its first part is kept.
 * <p>
 * One thread at a time.
 */
public final class LineSource implements AutoCloseable {
    private static final int GZIP_MAGIC = 0x8B1F;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long UNKNOWN = -1;

    private final CountedInput counted;
    private final long size;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private InputStream in;
    private int position;
    private int limit;

    private byte[] line = new byte[1 << 12];
    private int length;
    private long number;
    private boolean tooLong;

    private LineSource(InputStream in, long size, int maxLineBytes) {
        this.counted = new CountedInput(in);
        this.size = size;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param maxLineBytes the longest line that is kept whole
     * @return a source before its first line
     * @throws IOException if the file cannot be opened
     */
    public static LineSource ofFile(Path path, int maxLineBytes) throws IOException {
        long size = Files.isRegularFile(path) ? Files.size(path) : UNKNOWN;
        return new LineSource(Files.newInputStream(path), size, maxLineBytes);
    }

    /**
     * Reads a stream.
     *
     * @param in the stream, closed with the source
     * @param maxLineBytes the longest line that is kept whole
     * @return a source before its first line
     */
    public static LineSource ofStream(InputStream in, int maxLineBytes) {
        return new LineSource(in, UNKNOWN, maxLineBytes);
    }

    /**
     * How large the file is.
     *
     * @return bytes; -1 if unknown
     */
    public long size() {
        return size;
    }

    /**
     * How far the file was read.
     *
     * @return bytes, before gzip is undone
     */
    public long bytesRead() {
        return counted.count();
    }

    /**
     * Goes to the next line.
     *
     * @return false at the end of the file
     * @throws IOException if the file cannot be read further
     */
    public boolean next() throws IOException {
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

    /**
     * The bytes of the line, from 0 to {@link #length()}.
     *
     * @return the source's own array, valid until the next line
     */
    public byte[] line() {
        return line;
    }

    /**
     * How long the line is.
     *
     * @return bytes, without the line break
     */
    public int length() {
        return length;
    }

    /**
     * The line's number.
     *
     * @return counted from 1
     */
    public long number() {
        return number;
    }

    /**
     * Whether the line is longer than the limit.
     *
     * @return true if only its first part was kept
     */
    public boolean tooLong() {
        return tooLong;
    }

    /**
     * Whether there is nothing on the line.
     *
     * @return true if it has no characters but spaces and tabs
     */
    public boolean blank() {
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
        int room = maxLineBytes + 1 - length; // one more than allowed: the CR that may end it
        int count = Math.min(to - from, room);
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, Math.min(line.length * 2, maxLineBytes + 1)));
        }
        System.arraycopy(buffer, from, line, length, count);
        length += count;
        tooLong = to - from > room || (length > maxLineBytes && line[length - 1] != '\r') || tooLong;
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
