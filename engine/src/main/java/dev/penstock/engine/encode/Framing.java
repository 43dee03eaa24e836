package dev.penstock.engine.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/**
 * What stands around deflated bytes.
 *
 * <p><b>Source:</b> RFC 1950 (zlib: a checksum, the highest byte first), RFC 1952 (gzip: checksum and length, the lowest
 * byte first).
 */
enum Framing {
    /** A gzip member. */
    GZIP("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff}, 8) {
        @Override
        BodyEncoding encoding() {
            return BodyEncoding.GZIP;
        }

        @Override
        Checksum newChecksum() {
            return new CRC32();
        }

        @Override
        void putTrailer(byte[] bytes, int at, int headSum, int restSum, int headLength, int restLength) {
            LITTLE_ENDIAN.set(bytes, at, Crc32Combination.combine(headSum, restSum, restLength));
            LITTLE_ENDIAN.set(bytes, at + Integer.BYTES, headLength + restLength);
        }
    },
    /** A zlib stream. */
    ZLIB("deflate", new byte[] {0x78, 0x01}, 4) {
        @Override
        BodyEncoding encoding() {
            return BodyEncoding.DEFLATE;
        }

        @Override
        Checksum newChecksum() {
            return new Adler32();
        }

        @Override
        void putTrailer(byte[] bytes, int at, int headSum, int restSum, int headLength, int restLength) {
            BIG_ENDIAN.set(bytes, at, Adler32Combination.combine(headSum, restSum, restLength));
        }
    };

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final String contentEncoding;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] head;

    private final int trailerLength;

    Framing(String contentEncoding, byte[] head, int trailerLength) {
        this.contentEncoding = contentEncoding;
        this.head = head;
        this.trailerLength = trailerLength;
    }

    /** What it makes of deflated bytes. */
    abstract BodyEncoding encoding();

    /** The name HTTP has for it. */
    String contentEncoding() {
        return contentEncoding;
    }

    int headLength() {
        return head.length;
    }

    void putHead(byte[] bytes) {
        System.arraycopy(head, 0, bytes, 0, head.length);
    }

    int trailerLength() {
        return trailerLength;
    }

    abstract Checksum newChecksum();

    /**
     * Writes the trailer of two parts from the checksum of each.
     *
     * @param bytes where to
     * @param at index of its first byte
     * @param headSum checksum of the first part
     * @param restSum checksum of the second
     * @param headLength length of the first part
     * @param restLength length of the second
     */
    abstract void putTrailer(byte[] bytes, int at, int headSum, int restSum, int headLength, int restLength);
}
