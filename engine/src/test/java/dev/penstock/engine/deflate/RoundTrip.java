package dev.penstock.engine.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Compresses stream after stream with one deflater, and reads each back with the JDK's inflater. */
final class RoundTrip {

    private final CRC32 sum = new CRC32();
    private final EventDeflater deflater;
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private byte[] storage;
    private int from;

    RoundTrip() {
        this(64);
    }

    RoundTrip(int initialStorage) {
        this(initialStorage, ShortStream::new);
    }

    RoundTrip(int initialStorage, Supplier<ShortStream> shortStreams) {
        this.storage = new byte[initialStorage];
        this.deflater = new EventDeflater(sum, shortStreams);
    }

    RoundTrip begin() {
        return begin(0);
    }

    RoundTrip begin(int at) {
        from = at;
        plain.reset();
        deflater.begin(storage, at);
        return this;
    }

    RoundTrip append(byte[] bytes) {
        plain.writeBytes(bytes);
        deflater.append(bytes, 0, bytes.length);
        return this;
    }

    RoundTrip next(byte[] json, ValueMarks marks) {
        plain.write(',');
        deflater.appendSeparator((byte) ',');
        return event(json, marks);
    }

    RoundTrip event(byte[] json, ValueMarks marks) {
        plain.writeBytes(json);
        deflater.appendEvent(json, json.length, marks);
        return this;
    }

    /** Ends the stream and reads it back; tells how long it is. */
    int finish() {
        int end = deflater.finish();
        storage = deflater.bytes();
        byte[] expected = plain.toByteArray();
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(storage, from, end - from);
            byte[] read = new byte[expected.length + 1];
            int n = 0;
            for (int more = inflater.inflate(read); more > 0; more = inflater.inflate(read, n, read.length - n)) {
                n += more;
            }
            assertThat(inflater.finished()).as("the stream has an end").isTrue();
            assertThat(inflater.getRemaining()).as("bytes behind the end").isZero();
            assertThat(n).isEqualTo(expected.length);
            CRC32 expectedSum = new CRC32();
            expectedSum.update(expected);
            assertThat(sum.getValue()).as("the sum").isEqualTo(expectedSum.getValue());
            assertThat(Arrays.equals(read, 0, n, expected, 0, n))
                    .as("the bytes")
                    .isTrue();
        } catch (DataFormatException e) {
            throw new AssertionError("not readable", e);
        } finally {
            inflater.end();
        }
        return end - from;
    }
}
