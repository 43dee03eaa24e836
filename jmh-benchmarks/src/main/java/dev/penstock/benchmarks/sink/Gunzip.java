package dev.penstock.benchmarks.sink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a body of one gzip member without a name into an array that is kept, and checks its length and sum.
 * <p>
 * <b>Threads:</b> one. <b>Allocation:</b> none once the array is large enough.
 */
final class Gunzip implements AutoCloseable {
    private static final int HEAD = 10;
    private static final int TAIL = 8;
    private static final int FLAGS = 3;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private byte[] plain = new byte[1 << 20];

    /** Inflates, and answers how many bytes {@link #bytes} holds. */
    int inflate(byte[] body, int length) throws DataFormatException {
        if (length < HEAD + TAIL || body[0] != 0x1F || body[1] != (byte) 0x8B || body[FLAGS] != 0) {
            throw new DataFormatException("no plain gzip header");
        }
        inflater.reset();
        inflater.setInput(body, HEAD, length - HEAD - TAIL);
        int inflated = 0;
        while (!inflater.finished()) {
            if (inflated == plain.length) {
                plain = Arrays.copyOf(plain, 2 * plain.length);
            }
            int count = inflater.inflate(plain, inflated, plain.length - inflated);
            if (count == 0 && inflater.needsInput()) {
                throw new DataFormatException("the body ends early");
            }
            inflated += count;
        }
        ByteBuffer tail = ByteBuffer.wrap(body, length - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
        sum.reset();
        sum.update(plain, 0, inflated);
        if (tail.getInt() != (int) sum.getValue() || tail.getInt() != inflated) {
            throw new DataFormatException("the sum or the length is wrong");
        }
        return inflated;
    }

    byte[] bytes() {
        return plain;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
