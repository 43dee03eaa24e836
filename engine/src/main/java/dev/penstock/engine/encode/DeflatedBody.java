package dev.penstock.engine.encode;

import java.util.Arrays;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A body as one gzip member, or zlib stream, whose first deflate block is stored and holds the envelope's head.
 *
 * <pre>
 *   0             f              f + 5               f + 5 + h
 *   +-------------+--------------+-------------------+----------------------------+----------+
 *   | frame's     | stored block | envelope head, h  | compressed events and tail | frame's  |
 *   | head, f     | 5            | bytes             |                            | trailer  |
 *   +-------------+--------------+-------------------+----------------------------+----------+
 * </pre>
 *
 * <p>Renewing the head leaves the compressed part alone; the checksum of the whole is put together from the head's and
 * the kept one of the rest.
 *
 * <p><b>Source:</b> RFC 1951 (section 3.2.4, stored blocks).
 */
final class DeflatedBody implements Body {

    private static final int STORED_BLOCK_HEAD = 5;

    private final Framing framing;
    private final byte[] bytes;
    private final int length;
    private final int headLength;
    private final int eventsLength;
    private final int eventsSum;

    /**
     * Completes a body.
     *
     * @param framing what stands around it
     * @param bytes has the compressed part in its place; frame and block head are written here
     * @param length of the whole
     * @param headLength of the envelope's head
     * @param eventsLength of the compressed part before compression
     * @param eventsSum checksum of the compressed part before compression
     */
    DeflatedBody(Framing framing, byte[] bytes, int length, int headLength, int eventsLength, int eventsSum) {
        this.framing = framing;
        this.bytes = bytes;
        this.length = length;
        this.headLength = headLength;
        this.eventsLength = eventsLength;
        this.eventsSum = eventsSum;
        framing.putHead(bytes);
        int block = framing.headLength();
        bytes[block] = 0; // not the last block, stored
        bytes[block + 1] = (byte) headLength;
        bytes[block + 2] = (byte) (headLength >> 8);
        bytes[block + 3] = (byte) ~headLength;
        bytes[block + 4] = (byte) (~headLength >> 8);
    }

    /** Where the envelope's head begins. */
    static int headAt(Framing framing) {
        return framing.headLength() + STORED_BLOCK_HEAD;
    }

    @Override
    public void renewHead(byte[] head) {
        System.arraycopy(head, 0, bytes, headAt(framing), headLength);
        Checksum sum = framing.newChecksum();
        sum.update(head, 0, headLength);
        framing.putTrailer(
                bytes, length - framing.trailerLength(), (int) sum.getValue(), eventsSum, headLength, eventsLength);
    }

    @Override
    public Body copy() {
        return new DeflatedBody(framing, Arrays.copyOf(bytes, length), length, headLength, eventsLength, eventsSum);
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
        return framing.contentEncoding();
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
            int from = headAt(framing) + headLength;
            inflater.setInput(bytes, from, length - framing.trailerLength() - from);
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
