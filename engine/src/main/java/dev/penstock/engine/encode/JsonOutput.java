package dev.penstock.engine.encode;

import dev.penstock.engine.deflate.ValueMarks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow. Callers ensure room first, so that the writes themselves are plain stores.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none, once grown.
 */
public final class JsonOutput {

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final byte[] COMMA = {','};

    private static final int RETAINED_BYTES = 256 * 1024;

    private final ValueMarks marks = new ValueMarks();
    private byte[] bytes;
    private int length;

    /**
     * Makes an empty output.
     *
     * @param capacity how many bytes it holds before it grows
     */
    public JsonOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    /**
     * The bytes written, from index 0.
     *
     * @return this output's own array; valid until the next write
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * How many bytes are written.
     *
     * @return the length
     */
    public int length() {
        return length;
    }

    /** Forgets everything, and gives back memory that an unusually large event took. */
    public void clear() {
        length = 0;
        marks.clear();
        if (bytes.length > RETAINED_BYTES) {
            bytes = new byte[RETAINED_BYTES];
        }
    }

    void truncate(int to) {
        length = to;
        marks.truncate(to);
    }

    /** Marks a value that was written from an index on; of a text in quotes what is between them. */
    void markValue(int begin) {
        if (bytes[begin] == '"') {
            marks.value(begin + 1, length - 1);
        } else {
            marks.value(begin, length);
        }
    }

    /** Marks text without quotes that was written from an index on. */
    void markText(int begin) {
        marks.value(begin, length);
    }

    /**
     * Where the values are of the event that this holds, if it holds one.
     *
     * @return this output's own; valid until the next write
     */
    public ValueMarks marks() {
        return marks;
    }

    void ensure(int room) {
        if (bytes.length - length < room) {
            bytes = Arrays.copyOf(bytes, Math.max(length + room, bytes.length * 2));
        }
    }

    /** Without a check; {@link #ensure} comes first. */
    void put(int oneByte) {
        bytes[length++] = (byte) oneByte;
    }

    /** Appends after making room. */
    void append(byte[] from) {
        ensure(from.length);
        put(from);
    }

    /** Appends what many events share and others do not, and marks it as one value. */
    void appendShared(byte[] from) {
        int begin = length;
        append(from);
        markText(begin);
    }

    /** Closes a container begun at an index, each of whose members has a comma before it; the first becomes the bracket. */
    void close(int start, char openBracket, char closeBracket) {
        ensure(2);
        if (length == start) {
            put(openBracket);
        } else {
            bytes[start] = (byte) openBracket;
        }
        put(closeBracket);
    }

    /** Without a check; {@link #ensure} comes first. */
    void put(byte[] from) {
        System.arraycopy(from, 0, bytes, length, from.length);
        length += from.length;
    }

    void advance(int to) {
        length = to;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
