package dev.penstock.engine.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A body as one gzip member whose first deflate block is stored and holds the envelope's head.
 *
 * <pre>
 *   0            10             15                  15 + h
 *   +------------+--------------+-------------------+----------------------------+-------+--------+
 *   | gzip head  | stored block | envelope head, h  | compressed events and tail | CRC32 | length |
 *   | 10         | 5            | bytes             |                            | 4     | 4      |
 *   +------------+--------------+-------------------+----------------------------+-------+--------+
 * </pre>
 *
 * <p>Renewing the head leaves the compressed part alone; the checksum of the whole is put together from the head's and
 * the kept one of the rest.
 *
 * <p><b>Source:</b> RFC 1951 (section 3.2.4, stored blocks), RFC 1952.
 */
final class GzipBody implements Body {

    static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    static final int STORED_BLOCK_HEAD = 5;
    static final int HEAD_AT = 10 + STORED_BLOCK_HEAD;
    static final int TRAILER = 8;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int length;
    private final int headLength;
    private final int eventsLength;
    private final int eventsCrc;

    /**
     * Completes a body.
     *
     * @param bytes has the compressed part in its place; gzip head, block head and trailer are written here
     * @param length of the whole
     * @param headLength of the envelope's head
     * @param eventsLength of the compressed part before compression
     * @param eventsCrc CRC-32 of the compressed part before compression
     */
    GzipBody(byte[] bytes, int length, int headLength, int eventsLength, int eventsCrc) {
        this.bytes = bytes;
        this.length = length;
        this.headLength = headLength;
        this.eventsLength = eventsLength;
        this.eventsCrc = eventsCrc;
        System.arraycopy(GZIP_HEAD, 0, bytes, 0, GZIP_HEAD.length);
        bytes[10] = 0; // not the last block, stored
        bytes[11] = (byte) headLength;
        bytes[12] = (byte) (headLength >> 8);
        bytes[13] = (byte) ~headLength;
        bytes[14] = (byte) (~headLength >> 8);
    }

    @Override
    public void renewHead(byte[] head) {
        System.arraycopy(head, 0, bytes, HEAD_AT, headLength);
        CRC32 crc = new CRC32();
        crc.update(head, 0, headLength);
        INTS.set(bytes, length - TRAILER, Crc32Combination.combine((int) crc.getValue(), eventsCrc, eventsLength));
        INTS.set(bytes, length - 4, headLength + eventsLength);
    }

    @Override
    public Body copy() {
        return new GzipBody(Arrays.copyOf(bytes, length), length, headLength, eventsLength, eventsCrc);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int plainLength() {
        return headLength + eventsLength;
    }

    @Override
    public byte[] readEvents() {
        byte[] events = new byte[eventsLength];
        Inflater inflater = new Inflater(true);
        try {
            int from = HEAD_AT + headLength;
            inflater.setInput(bytes, from, length - TRAILER - from);
            int read = 0;
            while (read < eventsLength) {
                int n = inflater.inflate(events, read, eventsLength - read);
                if (n == 0) {
                    throw new IllegalStateException("a compressed batch ends early");
                }
                read += n;
            }
            return events;
        } catch (DataFormatException e) {
            throw new IllegalStateException("a compressed batch cannot be read back", e);
        } finally {
            inflater.end();
        }
    }
}
