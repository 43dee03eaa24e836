package dev.penstock.engine.spool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Changes a segment's header and makes its checksum fit again. */
final class SegmentHeaderPatch {

    private static final int VERSION_AT = 8;
    private static final int NUMBER_AT = 20;
    private static final int CHECKSUM_AT = 36;

    private SegmentHeaderPatch() {}

    static void setVersion(byte[] segment, int version) {
        patch(segment, ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).putInt(VERSION_AT, version));
    }

    static void renumber(byte[] segment, long number) {
        patch(segment, ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).putLong(NUMBER_AT, number));
    }

    private static void patch(byte[] segment, ByteBuffer header) {
        header.putInt(CHECKSUM_AT, new Checksum().of(segment, 0, CHECKSUM_AT));
    }
}
