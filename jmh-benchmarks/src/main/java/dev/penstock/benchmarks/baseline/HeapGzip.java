package dev.penstock.benchmarks.baseline;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The rival of the engine's body writer: gather the batch in a heap array, then deflate it from heap to heap.
 * <p>
 * Faster to write and, seen alone, no slower; but the deflater pins the arrays it is given, which stalls the collector.
 * <p>
 * <b>Threads:</b> one.
 */
public final class HeapGzip implements AutoCloseable {
    private static final int HEAD = 10;
    private static final int TRAILER = 8;

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private byte[] plain = new byte[64 * 1024];
    private byte[] compressed = new byte[64 * 1024];
    private int length;

    /**
     * Makes a writer.
     *
     * @param level of zlib
     */
    public HeapGzip(int level) {
        deflater = new Deflater(level, true);
    }

    /** Begins a body. */
    public void begin() {
        length = 0;
    }

    /**
     * Appends JSON.
     *
     * @param json holds it, from index 0
     * @param count how many bytes
     */
    public void append(byte[] json, int count) {
        if (plain.length - length < count) {
            plain = Arrays.copyOf(plain, Math.max(length + count, 2 * plain.length));
        }
        System.arraycopy(json, 0, plain, length, count);
        length += count;
    }

    /**
     * Compresses the body.
     *
     * @return how many bytes the gzip member has
     */
    public int finish() {
        crc.reset();
        crc.update(plain, 0, length);
        deflater.reset();
        deflater.setInput(plain, 0, length);
        deflater.finish();
        int at = HEAD;
        while (!deflater.finished()) {
            at += deflater.deflate(compressed, at, compressed.length - at);
            if (at == compressed.length) {
                compressed = Arrays.copyOf(compressed, 2 * compressed.length);
            }
        }
        compressed[0] = (byte) crc.getValue();
        return at + TRAILER;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
