package dev.penstock.engine.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC32C of one thing after the other, without making an object for each.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class Checksum {

    private final CRC32C crc = new CRC32C();

    int of(byte[] bytes, int offset, int length) {
        crc.reset();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Of a part of a buffer, whose position and limit stay as they are. */
    int of(ByteBuffer buffer, int offset, int length) {
        crc.reset();
        crc.update(buffer.duplicate().limit(offset + length).position(offset));
        return (int) crc.getValue();
    }
}
