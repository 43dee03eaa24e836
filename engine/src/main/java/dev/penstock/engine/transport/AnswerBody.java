package dev.penstock.engine.transport;

import java.util.Arrays;

/**
 * Gathers an answer's body as it arrives, up to a bound.
 *
 * <p><b>Threads:</b> the I/O thread.
 */
final class AnswerBody {

    private static final int FIRST_BYTES = 4 * 1024;

    private final int maxBytes;
    private byte[] bytes;
    private int length;

    AnswerBody(int maxBytes) {
        this.maxBytes = maxBytes;
        this.bytes = new byte[Math.min(FIRST_BYTES, maxBytes)];
    }

    void append(byte[] source, int offset, int count) throws UnusableBodyException {
        if (count > maxBytes - length) {
            throw UnusableBodyException.tooLarge(maxBytes);
        }
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(length + count, 2L * bytes.length)));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
