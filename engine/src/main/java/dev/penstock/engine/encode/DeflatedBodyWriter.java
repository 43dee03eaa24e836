package dev.penstock.engine.encode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Checksum;
import java.util.zip.Deflater;

/**
 * Compresses bodies with zlib while they grow, 16 KiB at a time: the alternative to {@link EventDeflatedBodyWriter}.
 *
 * <p>Why it is shaped so: the deflater only ever sees direct memory. Given a heap array it pins it, and with G1 on JDK 17
 * a level 6 compression of a megabyte stalled other threads' allocation for more than 20 ms a hundred times in six
 * seconds. The deflater and both buffers are made once. Guarded by {@code CompressionBenchmark}.
 */
final class DeflatedBodyWriter implements BodyWriter {

    private static final int STEP = 16 * 1024;
    private static final int LEVEL = 1;

    private static final byte[] NOTHING = {};

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final Framing framing;
    private final Checksum sum;
    private final ByteBuffer plain = ByteBuffer.allocateDirect(STEP);
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(STEP);

    private byte[] bytes;
    private int length;
    private int headLength;
    private int eventsLength;

    DeflatedBodyWriter(Framing framing) {
        this.framing = framing;
        this.sum = framing.newChecksum();
    }

    @Override
    public void begin(byte[] storage, int envelopeHead) {
        bytes = storage;
        headLength = envelopeHead;
        length = DeflatedBody.eventsAt(framing, envelopeHead);
        eventsLength = 0;
        ensure(0);
        deflater.reset();
        sum.reset();
        plain.clear();
    }

    @Override
    public void append(byte[] json, int offset, int count) {
        int from = offset;
        int to = offset + count;
        while (from < to) {
            int step = Math.min(plain.remaining(), to - from);
            plain.put(json, from, step);
            from += step;
            if (!plain.hasRemaining()) {
                compress();
            }
        }
        eventsLength += count;
    }

    private void compress() {
        plain.flip();
        sum.update(plain.duplicate());
        deflater.setInput(plain);
        while (!deflater.needsInput()) {
            drain();
        }
        // It keeps the buffer and would read on as soon as that is cleared.
        deflater.setInput(NOTHING);
        plain.clear();
    }

    private void drain() {
        compressed.clear();
        int n = deflater.deflate(compressed);
        ensure(n);
        compressed.flip();
        compressed.get(bytes, length, n);
        length += n;
    }

    private void ensure(int room) {
        int needed = length + room + framing.trailerLength();
        if (bytes.length < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }

    @Override
    public Body finish() {
        compress();
        deflater.finish();
        while (!deflater.finished()) {
            drain();
        }
        ensure(0);
        length += framing.trailerLength();
        return new DeflatedBody(framing, bytes, length, headLength, eventsLength, (int) sum.getValue());
    }

    @Override
    public void close() {
        deflater.end();
    }
}
