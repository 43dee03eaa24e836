package dev.penstock.engine.encode;

import java.util.Arrays;

/** Builds bodies as they are. */
final class PlainBodyWriter implements BodyWriter {

    private byte[] bytes;
    private int length;
    private int headLength;

    @Override
    public void begin(byte[] storage, int envelopeHead) {
        bytes = storage;
        headLength = envelopeHead;
        length = envelopeHead;
        ensure(0);
    }

    @Override
    public void append(byte[] json, int offset, int count) {
        ensure(count);
        System.arraycopy(json, offset, bytes, length, count);
        length += count;
    }

    private void ensure(int room) {
        if (bytes.length - length < room) {
            bytes = Arrays.copyOf(bytes, Math.max(length + room, bytes.length * 2));
        }
    }

    @Override
    public PlainBody finish() {
        return new PlainBody(bytes, length, headLength);
    }

    @Override
    public void close() {
        // nothing native
    }
}
