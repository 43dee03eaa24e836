package dev.penstock.engine.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Compresses a short stream with the JDK's zlib, whose blocks need no table of all symbols.
 *
 * <p>Where it has clearly lost, it is spared the next streams of that length, as it takes several times as long.
 *
 * <p>The deflater only ever sees direct memory: it would pin a heap array.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none. <b>Memory:</b> some 300 KB, most of it zlib's, until {@link #close}.
 */
final class ShortStream {

    /** Events of a usual size have paid for their codes in less. */
    static final int MAX_LENGTH = 24 * 1024;

    private static final int LEVEL = 1;

    /** What does not compress becomes longer by less than this. */
    private static final int OVERHEAD = 1024;

    private static final byte[] NOTHING = {};

    /** A stream is long enough if zlib takes this part more for it. */
    private static final int CLEARLY = 16;

    /** One in so many is tried all the same. */
    private static final int REST = 64;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(MAX_LENGTH + OVERHEAD);

    /** Streams of this length and more need no zlib, as far as is known. */
    private int longEnough = MAX_LENGTH + 1;

    private int rested;

    /** Whether a stream of a length is worth a try. */
    boolean isDue(int length) {
        if (length < longEnough) {
            return true;
        }
        rested = (rested + 1) % REST;
        return rested == 0;
    }

    /** A stream of a length took so many bytes, and so many with zlib. */
    void compare(int length, int own, int zlib) {
        if (zlib < own) {
            longEnough = MAX_LENGTH + 1;
        } else if (zlib - own > own / CLEARLY) {
            longEnough = Math.min(longEnough, length);
        }
    }

    /** Compresses bytes from index 0 on. Tells how many it takes, or more if they did not fit. */
    int compress(byte[] from, int length) {
        plain.clear().put(from, 0, length).flip();
        compressed.clear();
        deflater.reset();
        deflater.setInput(plain);
        deflater.finish();
        deflater.deflate(compressed);
        deflater.setInput(NOTHING); // it keeps the buffer
        compressed.flip();
        return deflater.finished() ? compressed.limit() : Integer.MAX_VALUE;
    }

    /** What was compressed last. */
    ByteBuffer compressed() {
        return compressed;
    }

    /** Gives back native memory. */
    void close() {
        deflater.end();
    }
}
