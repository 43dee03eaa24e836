package dev.penstock.engine.encode;

import java.util.Arrays;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A body as one gzip member, or zlib stream, whose first deflate blocks are stored and hold the envelope's head: one
 * block, or several if the head is longer than a block may be.
 *
 * <pre>
 *   0             f              f + 5
 *   +-------------+--------------+-----------------+ ... +----------------------------+----------+
 *   | frame's     | stored block | envelope head   |     | compressed events and tail | frame's  |
 *   | head, f     | 5            | or a part of it |     |                            | trailer  |
 *   +-------------+--------------+-----------------+ ... +----------------------------+----------+
 *                 +- for each 65,535 bytes of head -+
 * </pre>
 *
 * <p>Renewing the head leaves the compressed part alone; the checksum of the whole is put together from the head's and
 * the kept one of the rest.
 *
 * <p><b>Source:</b> RFC 1951 (section 3.2.4, stored blocks).
 */
final class DeflatedBody implements Body {

    private static final int BLOCK_HEAD = 5;

    /** A stored block's length has 16 bits. */
    private static final int MAX_BLOCK = 0xffff;

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
     * @param bytes has the compressed part in its place; frame and block heads are written here
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
        int at = framing.headLength();
        for (int i = 0; i < blocks(headLength); i++) {
            int block = blockLength(i);
            bytes[at] = 0; // not the last block, stored
            bytes[at + 1] = (byte) block;
            bytes[at + 2] = (byte) (block >> 8);
            bytes[at + 3] = (byte) ~block;
            bytes[at + 4] = (byte) (~block >> 8);
            at += BLOCK_HEAD + block;
        }
    }

    /** Where the compressed part begins. */
    static int eventsAt(Framing framing, int headLength) {
        return framing.headLength() + blocks(headLength) * BLOCK_HEAD + headLength;
    }

    private static int blocks(int headLength) {
        return Math.max(1, (headLength + MAX_BLOCK - 1) / MAX_BLOCK);
    }

    private int blockLength(int block) {
        return Math.min(MAX_BLOCK, headLength - block * MAX_BLOCK);
    }

    @Override
    public void renewHead(byte[] head) {
        for (int i = 0; i < blocks(headLength); i++) {
            int at = framing.headLength() + i * (BLOCK_HEAD + MAX_BLOCK) + BLOCK_HEAD;
            System.arraycopy(head, i * MAX_BLOCK, bytes, at, blockLength(i));
        }
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
    public StoredBody stored() {
        int from = eventsAt(framing, headLength);
        return new StoredBody(
                framing.encoding(), bytes, from, length - framing.trailerLength() - from, eventsLength, eventsSum);
    }

    /** A body of what was stored of one, perhaps with a head of another length. */
    static DeflatedBody restored(Framing framing, int headLength, StoredBody stored) {
        int from = eventsAt(framing, headLength);
        int length = from + stored.length() + framing.trailerLength();
        byte[] bytes = new byte[length];
        System.arraycopy(stored.bytes(), stored.offset(), bytes, from, stored.length());
        return new DeflatedBody(framing, bytes, length, headLength, stored.plainLength(), stored.checksum());
    }

    @Override
    public byte[] readEvents() {
        byte[] events = new byte[eventsLength];
        Inflater inflater = new Inflater(true);
        try {
            int from = eventsAt(framing, headLength);
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
