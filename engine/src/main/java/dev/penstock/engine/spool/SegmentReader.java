package dev.penstock.engine.spool;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads single records back and checks them.
 *
 * <p><b>Threads:</b> one at a time. <b>Allocation:</b> the record; never more than the file is long, whatever it says.
 */
final class SegmentReader {

    /**
     * What was found.
     *
     * @param record the record, or null if it is damaged
     * @param ids those of its events, or null if they are damaged
     */
    record Found(SpoolRecord record, RecordIds ids) {}

    private static final Found NOTHING = new Found(null, null);

    private final FileWindow window;

    SegmentReader(FileWindow window) {
        this.window = window;
    }

    /** Reads the record whose frame begins at a position. */
    Found read(SegmentFile file, long number, int position) throws IOException {
        window.turnTo(file);
        try {
            FrameHead head = window.head(position, number);
            return head == null || position + (long) head.frameBytes() > window.size() ? NOTHING : read(head, position);
        } catch (EOFException e) {
            return NOTHING;
        }
    }

    /** Whether a frame of the file that the window shows has what its head says. */
    boolean isWhole(FrameHead head, int position) throws IOException {
        int meta = position + FrameHead.BYTES;
        int body = meta + head.metaBytes();
        return window.checksumOf(meta, head.metaBytes()) == head.metaChecksum()
                && window.checksumOf(body, head.bodyBytes()) == head.bodyChecksum();
    }

    /** Reads what can be read of a frame of the file that the window shows. */
    Found read(FrameHead head, int position) throws IOException {
        int metaAt = position + FrameHead.BYTES;
        if (window.checksumOf(metaAt, head.metaBytes()) != head.metaChecksum()) {
            return NOTHING;
        }
        byte[] meta = window.copy(metaAt, head.metaBytes());
        RecordIds ids = new RecordIds(head.protocol(), uuids(head, meta));
        int bodyAt = metaAt + meta.length;
        if (window.checksumOf(bodyAt, head.bodyBytes()) != head.bodyChecksum()) {
            return new Found(null, ids);
        }
        byte[] body = window.copy(bodyAt, head.bodyBytes());
        SpoolRecord record = new SpoolRecord(
                head.protocol(),
                head.historical(),
                head.encoding(),
                Arrays.copyOf(meta, head.envelopeBytes()),
                body,
                0,
                body.length,
                head.plainLength(),
                head.recordChecksum(),
                starts(head, meta),
                ids.uuids());
        return new Found(record, ids);
    }

    private static int[] starts(FrameHead head, byte[] meta) {
        int[] starts = new int[head.events() + 1];
        ByteBuffer from = littleEndian(meta).position(head.envelopeBytes());
        from.asIntBuffer().get(starts);
        return starts;
    }

    private static long[] uuids(FrameHead head, byte[] meta) {
        long[] uuids = new long[2 * head.events()];
        ByteBuffer from = littleEndian(meta).position(head.envelopeBytes() + Integer.BYTES * (head.events() + 1));
        from.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(uuids);
        return uuids;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
