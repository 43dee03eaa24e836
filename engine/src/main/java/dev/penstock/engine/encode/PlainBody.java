package dev.penstock.engine.encode;

import java.util.Arrays;

/** A body as it is. */
final class PlainBody implements Body {

    private final byte[] bytes;
    private final int length;
    private final int headLength;

    PlainBody(byte[] bytes, int length, int headLength) {
        this.bytes = bytes;
        this.length = length;
        this.headLength = headLength;
    }

    /** Whether the head in its place is this one. */
    boolean hasHead(byte[] head) {
        return Arrays.equals(bytes, 0, headLength, head, 0, headLength);
    }

    @Override
    public void renewHead(byte[] head) {
        System.arraycopy(head, 0, bytes, 0, headLength);
    }

    @Override
    public PlainBody copy() {
        return new PlainBody(Arrays.copyOf(bytes, length), length, headLength);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public byte[] storage() {
        return bytes;
    }

    @Override
    public int heldBytes() {
        return bytes.length;
    }

    @Override
    public String contentEncoding() {
        return null;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int plainLength() {
        return length;
    }

    @Override
    public StoredBody stored() {
        int events = length - headLength;
        return new StoredBody(BodyEncoding.NONE, bytes, headLength, events, events, 0);
    }

    @Override
    public byte[] readEvents() {
        return Arrays.copyOfRange(bytes, headLength, length);
    }
}
