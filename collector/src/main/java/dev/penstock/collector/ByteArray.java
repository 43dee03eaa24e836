package dev.penstock.collector;

import java.util.Arrays;

/** A byte array that grows and is used again for the next request. One thread at a time. */
final class ByteArray {
    private static final int KEPT_CAPACITY = 8 << 20;

    private byte[] bytes;
    private int length;

    ByteArray(int capacity) {
        bytes = new byte[capacity];
    }

    /** The backing array, valid until the next call that grows or clears. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[1 << 16];
        }
    }

    void ensureRoom(int more) {
        long needed = (long) length + more;
        if (needed > bytes.length) {
            long grown = Math.min(Math.max(needed, bytes.length * 2L), Integer.MAX_VALUE - 8L);
            bytes = Arrays.copyOf(bytes, (int) grown);
        }
    }

    void advance(int count) {
        length += count;
    }

    void append(byte[] source, int offset, int count) {
        ensureRoom(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void append(byte value) {
        ensureRoom(1);
        bytes[length++] = value;
    }
}
